/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.Framer;
import io.walwatch.parse.PipelineOptions;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The framings by name. */
public final class Framings {
  private static final SortedSet<String> NAMES =
      Collections.unmodifiableSortedSet(
          new TreeSet<>(List.of("stderr", "csvlog", "jsonlog", "syslog", "cri", "journal")));

  private Framings() {}

  /** The names that {@link PipelineOptions#framing()} may hold; null means: found by the lines. */
  public static Set<String> names() {
    return NAMES;
  }

  /**
   * A framer for one stream.
   *
   * @throws IllegalArgumentException if there is no such framing
   */
  public static Framer create(PipelineOptions options) {
    String name = options.framing();
    return name == null ? new DetectingFramer(options) : named(name, options);
  }

  static Framer named(String name, PipelineOptions options) {
    return switch (name) {
      case "stderr" -> new StderrFramer(options);
      case "csvlog" -> new CsvFramer(options);
      case "jsonlog" -> new JsonFramer(options);
      case "syslog" -> new SyslogFramer(options);
      case "cri" -> new CriFramer(options);
      case "journal" -> new JournalFramer(options);
      default -> throw new IllegalArgumentException("no framing " + name + "; there are " + NAMES);
    };
  }
}
