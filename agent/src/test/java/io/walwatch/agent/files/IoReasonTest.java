/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IoReasonTest {
  @TempDir private Path directory;

  @Test
  void shouldSayWhatJavaTellsByTheNameOfAClassOnly() {
    Path gone = directory.resolve("gone");
    assertThat(IoReason.withFile(failure(() -> Files.size(gone))))
        .isEqualTo(gone + ": no such file or directory");
    assertThat(IoReason.of(new AccessDeniedException("secret"))).isEqualTo("permission denied");
  }

  @Test
  void shouldSayWhatTheKernelSays() throws IOException {
    Path below = Files.createFile(directory.resolve("file")).resolve("below");
    assertThat(IoReason.withFile(failure(() -> Files.createFile(below))))
        .isEqualTo(below + ": Not a directory");
    assertThat(IoReason.of(failure(() -> Files.list(below.getParent()))))
        .isEqualTo("not a directory");
  }

  @Test
  void shouldSayWhatHasNoFile() {
    assertThat(IoReason.withFile(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(IoReason.withFile(new IOException())).isEqualTo("IOException");
  }

  private static IOException failure(ThrowingCallable action) {
    return catchThrowableOfType(IOException.class, action);
  }
}
