/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.pgbackrest;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/**
 * Lists pgBackRest's backups, of all stanzas and repositories or of one; found through {@link
 * java.util.ServiceLoader}.
 */
public final class PgbackrestListProvider implements BackupListParserProvider {
  static final String STANZA = "stanza";
  static final String REPOSITORY = "repository";

  @Override
  public String name() {
    return "pgbackrest";
  }

  @Override
  public Set<String> optionalKeys() {
    return Set.of(COMMAND, STANZA, REPOSITORY);
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    return List.of(request.commandOr(List.of("pgbackrest", "info", "--output=json")));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new PgbackrestListParser(request.option(STANZA), request.option(REPOSITORY));
  }
}
