/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files under {@code deploy}, as plain maps and lists. JSON is YAML, too. */
final class DeployFiles {
  static final Path DEPLOY =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("deploy").normalize();

  private DeployFiles() {}

  /** The files of a directory whose names end like this, by name. */
  static List<Path> list(String directory, String ending) throws IOException {
    try (Stream<Path> files = Files.list(DEPLOY.resolve(directory))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** All rules of all groups of all rule files. */
  static List<Rule> rules() throws IOException {
    return list("prometheus", ".rules.yml").stream()
        .flatMap(file -> maps(load(file), "groups").stream())
        .flatMap(group -> maps(group, "rules").stream())
        .map(Rule::of)
        .toList();
  }

  static List<Rule> alerts() throws IOException {
    return rules().stream().filter(Rule::isAlert).toList();
  }

  /** One file; its top is a map. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> load(Path file) {
    try {
      return (Map<String, Object>)
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    } catch (IOException e) {
      throw new IllegalStateException(file.toString(), e);
    }
  }

  /** All documents of one file; the top of each is a map. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> objects(String file) throws IOException {
    List<Map<String, Object>> objects = new ArrayList<>();
    new Load(LoadSettings.builder().build())
        .loadAllFromString(Files.readString(DEPLOY.resolve(file)))
        .forEach(object -> objects.add((Map<String, Object>) object));
    return objects;
  }

  /** The list of maps under a key; none when it is not there. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Map<String, Object> map, String key) {
    return (List<Map<String, Object>>) map.getOrDefault(key, List.of());
  }

  /** The map under a key; an empty one when it is not there. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> map, String key) {
    return (Map<String, Object>) map.getOrDefault(key, Map.of());
  }
}
