/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.walg;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;

/** Lists WAL-G's base backups; found through {@link java.util.ServiceLoader}. */
public final class WalgListProvider implements BackupListParserProvider {
  @Override
  public String name() {
    return "wal-g";
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    return List.of(request.commandOr(List.of("wal-g", "backup-list", "--detail", "--json")));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new WalgListParser();
  }
}
