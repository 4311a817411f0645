/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.command;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/** Runs a script of the operator's own; found through {@link java.util.ServiceLoader}. */
public final class CommandListProvider implements BackupListParserProvider {
  @Override
  public String name() {
    return COMMAND;
  }

  @Override
  public Set<String> requiredKeys() {
    return Set.of(COMMAND);
  }

  @Override
  public Set<String> optionalKeys() {
    return Set.of();
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    return List.of(request.command());
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new CommandListParser();
  }
}
