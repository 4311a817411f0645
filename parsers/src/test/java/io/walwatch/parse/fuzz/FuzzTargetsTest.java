/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.LogParserProvider;
import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nothing that reads what others write goes without a target. */
final class FuzzTargetsTest {
  private static final Path TARGETS =
      Path.of(System.getProperty("walwatch.root", ".."))
          .resolve("parsers/src/test/java/io/walwatch/parse/fuzz");
  private static final Pattern READS = Pattern.compile("(Any\\w+\\.read\\w*)\\(\"([a-z0-9-]+)\"");

  @Test
  void shouldReachEveryFramingEveryParserAndEveryList() throws IOException {
    Set<String> reached = new TreeSet<>();
    try (DirectoryStream<Path> targets = Files.newDirectoryStream(TARGETS, "*FuzzTest.java")) {
      for (Path target : targets) {
        READS
            .matcher(Files.readString(target))
            .results()
            .map(FuzzTargetsTest::what)
            .forEach(reached::add);
      }
    }

    Set<String> wanted = new TreeSet<>();
    Framings.names().forEach(name -> wanted.add("framing " + name));
    ServiceLoader.load(LogParserProvider.class).forEach(p -> wanted.add("parser " + p.name()));
    ServiceLoader.load(BackupListParserProvider.class).forEach(p -> wanted.add("list " + p.name()));
    assertThat(reached).containsAll(wanted);
  }

  private static String what(MatchResult found) {
    return switch (found.group(1)) {
          case "AnyBytes.read" -> "framing ";
          case "AnyBytes.readMeaning" -> "parser ";
          default -> "list ";
        }
        + found.group(2);
  }
}
