/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/** Lists Barman's backups, of all servers or of one; found through ServiceLoader. */
public final class BarmanListProvider implements BackupListParserProvider {
  private static final String SERVER = "server";

  @Override
  public String name() {
    return "barman";
  }

  @Override
  public Set<String> optionalKeys() {
    return Set.of(COMMAND, SERVER);
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    String server = request.option(SERVER).orElse("all");
    return List.of(request.commandOr(List.of("barman", "-f", "json", "list-backup", server)));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new BarmanListParser(request.option(SERVER));
  }
}
