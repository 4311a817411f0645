/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Why something of the file system could not be done, as the kernel says it: of some failures Java
 * tells the path alone, and the reason by the name of a class that no operator knows.
 */
public final class IoReason {
  private IoReason() {}

  /** The reason alone. */
  public static String of(IOException failure) {
    String reason = failure instanceof FileSystemException e ? e.getReason() : null;
    if (reason != null) {
      return reason;
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NotDirectoryException) {
      return "not a directory";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }

  /** The file, where it is known, and the reason. */
  public static String withFile(IOException failure) {
    String file = failure instanceof FileSystemException e ? e.getFile() : null;
    return file == null ? of(failure) : file + ": " + of(failure);
  }
}
