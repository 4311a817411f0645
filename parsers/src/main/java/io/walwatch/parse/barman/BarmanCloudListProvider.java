/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.barman;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/** Lists the backups of barman-cloud; found through {@link java.util.ServiceLoader}. */
public final class BarmanCloudListProvider implements BackupListParserProvider {
  @Override
  public String name() {
    return "barman-cloud";
  }

  @Override
  public Set<String> requiredKeys() {
    return Set.of("url", "server");
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    return List.of(
        request.toolOr(
            "barman-cloud-backup-list",
            List.of(
                "--format=json",
                request.option("url").orElse(""),
                request.option("server").orElse(""))));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new BarmanCloudListParser();
  }
}
