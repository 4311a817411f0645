/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.listing.WalStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** A store of WAL-E or WAL-G: the first output shows its base backups, the second its WAL. */
final class S3StoreParser implements BackupListParser {
  private final WalStore store = new WalStore();
  private final Optional<String> walFrom;
  private boolean showsWal;

  S3StoreParser(Optional<String> walFrom) {
    this.walFrom = walFrom;
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    if (showsWal) {
      walFrom.ifPresentOrElse(sink::walListedFrom, sink::walListed);
    }
    S3Objects.read(
        output,
        (key, changed, bytes) -> {
          sink.stored(bytes);
          store.object(key, changed, bytes, sink);
        });
    if (!showsWal) {
      store.backups(sink);
    }
    showsWal = true;
  }
}
