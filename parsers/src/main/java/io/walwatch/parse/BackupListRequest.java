/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be listed.
 *
 * @param options the provider's own keys with their values
 * @param command configured program and arguments; empty: the provider's own
 * @param walFrom the WAL segment before which an earlier look has found the chain whole: what lies
 *     below need not be listed. A provider may list it all the same; it tells the sink which.
 */
public record BackupListRequest(
    Map<String, String> options, List<String> command, Optional<String> walFrom) {
  public BackupListRequest {
    options = Map.copyOf(options);
    command = List.copyOf(command);
  }

  /** Everything is to be listed. */
  public BackupListRequest(Map<String, String> options, List<String> command) {
    this(options, command, Optional.empty());
  }

  /** The same, with the WAL from this segment on. */
  public BackupListRequest walFrom(String segment) {
    return new BackupListRequest(options, command, Optional.of(segment));
  }

  /**
   * What is configured for a key of the provider's. A required one is there.
   *
   * @param key as in {@link BackupListParserProvider#requiredKeys} or {@code optionalKeys}
   */
  public Optional<String> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /** The configured command, or else this one. */
  public List<String> commandOr(List<String> usual) {
    return command.isEmpty() ? usual : command;
  }

  /** The configured program with its first arguments, or else this program; and then arguments. */
  public List<String> toolOr(String usual, List<String> arguments) {
    List<String> line = new ArrayList<>(commandOr(List.of(usual)));
    line.addAll(arguments);
    return line;
  }
}
