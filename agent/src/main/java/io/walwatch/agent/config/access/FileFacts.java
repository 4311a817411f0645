/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what with a file.
 *
 * @param mode permission bits, as of chmod
 * @param directory whether it is one
 * @param linkTarget where it points, if it is a symbolic link
 */
public record FileFacts(
    long ownerId,
    long groupId,
    String owner,
    String group,
    int mode,
    boolean directory,
    Optional<Path> linkTarget) {
  private static final String BITS = "rwxrwxrwx";

  /** Looks a file up; a seam, since tests run as root. */
  @FunctionalInterface
  public interface Reader {
    /** The facts of the path itself, links not followed; empty where there is none. */
    Optional<FileFacts> read(Path path);
  }

  /** As {@code ls -l} shows it, such as {@code drwx------ postgres postgres}. */
  public String listing() {
    StringBuilder text = new StringBuilder(directory ? "d" : "-");
    for (int i = 0; i < BITS.length(); i++) {
      boolean set = (mode >> (BITS.length() - 1 - i) & 1) != 0;
      text.append(set ? BITS.charAt(i) : '-');
    }
    return text.append(' ').append(owner).append(' ').append(group).toString();
  }
}
