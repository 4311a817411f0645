/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Collects what is wrong with one document, so that a user can mend all of it at once. */
public final class YamlProblems {
  private static final int MAX_PROBLEMS = 20;

  private final String file;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * @param file the name to show in messages
   */
  public YamlProblems(String file) {
    this.file = file;
  }

  private record Problem(int line, int column, String text) {}

  void add(Optional<Mark> mark, String text) {
    // Marks count from 0, people and editors from 1.
    int line = mark.map(Mark::getLine).orElse(0) + 1;
    int column = mark.map(Mark::getColumn).orElse(0) + 1;
    Problem problem = new Problem(line, column, text);
    if (problems.size() < MAX_PROBLEMS && !problems.contains(problem)) {
      problems.add(problem);
    }
  }

  /** One line for each problem, in the order of the document. */
  public List<String> messages() {
    return problems.stream()
        .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
        .map(p -> file + ", line " + p.line + ", column " + p.column + ": " + p.text)
        .toList();
  }
}
