/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What is in the way of looking at a queue, told once for each change. */
final class Problems {
  private final QueueEvents events;
  private String unreadable = "";
  private String watch = "";

  Problems(QueueEvents events) {
    this.events = events;
  }

  void readable() {
    if (!unreadable.isEmpty()) {
      unreadable = "";
      events.readable();
    }
  }

  void unreadable(IOException e) {
    String problem = describe(e);
    if (!problem.equals(unreadable)) {
      unreadable = problem;
      events.unreadable(problem);
    }
  }

  /** Tells why the watch does not work; empty when it does. */
  void watch(String problem) {
    if (!problem.equals(watch)) {
      watch = problem;
      events.watchProblem(problem);
    }
  }

  private static String describe(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory: " + e.getMessage();
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied: " + e.getMessage();
    }
    return e instanceof NotDirectoryException
        ? "not a directory: " + e.getMessage()
        : String.valueOf(e.getMessage());
  }
}
