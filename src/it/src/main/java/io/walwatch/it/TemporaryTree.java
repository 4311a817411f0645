/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A directory that goes when its user is done, with all that is in it. */
public final class TemporaryTree implements AutoCloseable {
  private final Path root;

  private TemporaryTree(Path root) {
    this.root = root;
  }

  /** Makes one under the system's directory for temporary files. */
  public static TemporaryTree create(String prefix) throws IOException {
    return new TemporaryTree(Files.createTempDirectory(prefix).toRealPath());
  }

  /** The directory. */
  public Path root() {
    return root;
  }

  @Override
  public void close() {
    try {
      Files.walkFileTree(root, new Remover());
    } catch (NoSuchFileException ignored) {
      // Somebody else was faster, and it is gone: that is all we want.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes bottom up; what vanishes meanwhile is no error, since a server may still clean up. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
