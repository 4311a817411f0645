/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.files;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a directory. What goes wrong while it is read is an IOException, as what goes
 * wrong when it is opened; Java throws unchecked exceptions there, which nobody expects.
 */
public final class DirectoryEntries {
  /** Takes one entry after the other. */
  @FunctionalInterface
  public interface Visitor {
    void visit(Path entry) throws IOException;
  }

  private DirectoryEntries() {}

  /** All entries, in the order of their names. */
  public static List<Path> list(Path directory) throws IOException {
    return list(directory, "*");
  }

  /**
   * The entries whose names match, in the order of their names.
   *
   * @param glob as {@link java.nio.file.FileSystem#getPathMatcher} has it
   */
  public static List<Path> list(Path directory, String glob) throws IOException {
    List<Path> entries = new ArrayList<>();
    visit(directory, glob, entries::add);
    entries.sort(null);
    return entries;
  }

  /** Shows the entries whose names match one by one, in no order, and keeps none. */
  public static void visit(Path directory, String glob, Visitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
      visit(entries, visitor);
    }
  }

  static void visit(Iterable<Path> entries, Visitor visitor) throws IOException {
    try {
      for (Path entry : entries) {
        visitor.visit(entry);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
