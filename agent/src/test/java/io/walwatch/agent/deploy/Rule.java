/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import java.util.Map;
import java.util.TreeMap;

/**
 * One rule of a rule file.
 *
 * @param name of the alert or of the recorded series
 * @param isAlert whether it is an alert
 * @param expression what it evaluates
 * @param lasting for how long an alert's must be true, as written; empty where that is not said
 */
record Rule(
    String name,
    boolean isAlert,
    String expression,
    String lasting,
    Map<String, String> labels,
    Map<String, String> annotations) {

  static Rule of(Map<String, Object> yaml) {
    boolean alert = yaml.containsKey("alert");
    return new Rule(
        String.valueOf(yaml.get(alert ? "alert" : "record")),
        alert,
        String.valueOf(yaml.get("expr")).strip(),
        String.valueOf(yaml.getOrDefault("for", "")),
        texts(DeployFiles.map(yaml, "labels")),
        texts(DeployFiles.map(yaml, "annotations")));
  }

  private static Map<String, String> texts(Map<String, Object> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }
}
