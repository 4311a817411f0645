/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/** Lines for an operator, one for each thing that was tried. */
final class CheckReport {
  private final PrintWriter out;
  private final Set<String> problems = new LinkedHashSet<>();

  CheckReport(PrintWriter out) {
    this.out = out;
  }

  void ok(String text) {
    out.println("ok       " + text);
  }

  void note(String text) {
    out.println("note     " + text);
  }

  /** Says a problem, once. */
  void problem(String text) {
    if (problems.add(text)) {
      out.println("PROBLEM  " + text);
    }
  }

  /**
   * Says what follows of a cause, unless a problem with that cause was said. One that names no path
   * may be that of many things.
   */
  void problem(String what, String cause) {
    if (!cause.contains("/") || problems.stream().noneMatch(said -> said.endsWith(cause))) {
      problem(what + cause);
    }
  }

  int problems() {
    return problems.size();
  }

  void end() {
    int count = problems.size();
    out.println(count == 0 ? "All well." : count == 1 ? "1 problem." : count + " problems.");
    out.flush();
  }
}
