/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

import java.util.Objects;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Opens a YAML document. */
public final class YamlDocument {
  /** A configuration of ten thousand servers; more is a mistaken file. */
  private static final int MAX_CODE_POINTS = 4 << 20;

  private YamlDocument() {}

  /**
   * Reads a document whose top level is a mapping; nothing at all counts as an empty one.
   *
   * @return empty where it is not YAML, which is then among the problems
   */
  public static Optional<YamlMapping> open(String text, YamlProblems problems) {
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_CODE_POINTS).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        return Optional.of(YamlMapping.empty(problems));
      }
      if (root.get() instanceof MappingNode mapping) {
        return Optional.of(new YamlMapping("", mapping, problems));
      }
      problems.add(root.get().getStartMark(), "the file must be a mapping of keys to values");
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      problems.add(mark, "not YAML: " + Objects.requireNonNullElse(e.getProblem(), ""));
    } catch (StackOverflowError e) {
      problems.add(Optional.empty(), "not YAML: nested too deeply");
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage());
      problems.add(Optional.empty(), "not YAML: " + message.lines().findFirst().orElse(""));
    }
    return Optional.empty();
  }
}
