/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.wale;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;

/** Lists WAL-E's base backups; found through {@link java.util.ServiceLoader}. */
public final class WaleListProvider implements BackupListParserProvider {
  @Override
  public String name() {
    return "wal-e";
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    return List.of(request.commandOr(List.of("wal-e", "backup-list", "--detail")));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new WaleListParser();
  }
}
