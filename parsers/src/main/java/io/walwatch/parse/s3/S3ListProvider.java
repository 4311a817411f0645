/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.listing.WalStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lists a bucket with the aws command line; found through {@link java.util.ServiceLoader}. Text,
 * since the tool holds a whole JSON listing in memory and prints text page by page. With the layout
 * of a store, base backups and WAL are listed one after the other, so that WAL that an earlier look
 * has found whole can be left out. The key {@code command} replaces {@code aws} alone.
 */
public final class S3ListProvider implements BackupListParserProvider {
  private static final String BUCKET = "bucket";
  private static final String PREFIX = "prefix";
  private static final String LAYOUT = "layout";

  /** Six million objects with long keys. */
  private static final long OUTPUT_LIMIT_BYTES = 1L << 30;

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public Set<String> requiredKeys() {
    return Set.of(BUCKET);
  }

  @Override
  public Set<String> optionalKeys() {
    return Set.of(PREFIX, LAYOUT, WAL_SEGMENT_SIZE, COMMAND);
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    String prefix = request.option(PREFIX).orElse("");
    if (!WalStore.LAYOUTS.contains(layout(request))) {
      return List.of(list(request, prefix, List.of()));
    }
    String store = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    String wal = store + WalStore.WAL_DIRECTORY;
    return List.of(
        list(request, store + WalStore.BASE_DIRECTORY, List.of()),
        list(
            request,
            wal,
            request
                .walFrom()
                .map(segment -> List.of("--start-after", wal + justBefore(segment)))
                .orElse(List.of())));
  }

  private static List<String> list(BackupListRequest request, String prefix, List<String> more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "s3api",
                "list-objects-v2",
                "--bucket",
                request.option(BUCKET).orElse(""),
                "--prefix",
                prefix,
                "--output",
                "text",
                "--query",
                "Contents[].[Key,LastModified,Size]"));
    arguments.addAll(more);
    return request.toolOr("aws", arguments);
  }

  /** Sorts behind all files of the segment before, and before all of this one's. */
  private static String justBefore(String segment) {
    int last = segment.length() - 1;
    return segment.substring(0, last) + (char) (segment.charAt(last) - 1) + '~';
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return WalStore.LAYOUTS.contains(layout(request))
        ? new S3StoreParser(request.walFrom())
        : new S3ListParser(layout(request));
  }

  private static String layout(BackupListRequest request) {
    return request.option(LAYOUT).orElse(S3ListParser.FILES);
  }

  @Override
  public long outputLimitBytes() {
    return OUTPUT_LIMIT_BYTES;
  }
}
