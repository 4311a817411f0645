/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A look that did not work; the message says what is wrong and, where it is known, the mend. */
public final class ListingException extends IOException {
  private static final long serialVersionUID = 1;

  private final String problem;
  private final String output;

  public ListingException(String message) {
    this(message, "");
  }

  /**
   * A look that did not work.
   *
   * @param output what the command wrote, the ends of it at least
   */
  public ListingException(String message, String output) {
    super(message);
    this.problem = message;
    this.output = output;
  }

  /** Something on disk that cannot be listed. */
  static ListingException of(String what, IOException e) {
    String file = e instanceof FileSystemException known ? known.getFile() : "";
    String why =
        e instanceof NoSuchFileException
            ? file + " does not exist"
            : e instanceof NotDirectoryException
                ? file + " is no directory"
                : e instanceof AccessDeniedException
                    ? file + " may not be read by this user"
                    : IoReason.withFile(e);
    return new ListingException(what + " cannot be listed: " + why);
  }

  /** What is wrong; the message. */
  public String problem() {
    return problem;
  }

  public String output() {
    return output;
  }
}
