/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/**
 * Lists a bucket with the aws command line; found through {@link java.util.ServiceLoader}. Text,
 * since the tool holds a whole JSON listing in memory and prints text page by page. The key {@code
 * command} replaces {@code aws} alone.
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
    return List.of(
        request.toolOr(
            "aws",
            List.of(
                "s3api",
                "list-objects-v2",
                "--bucket",
                request.option(BUCKET).orElse(""),
                "--prefix",
                request.option(PREFIX).orElse(""),
                "--output",
                "text",
                "--query",
                "Contents[].[Key,LastModified,Size]")));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new S3ListParser(request.option(LAYOUT).orElse(S3ListParser.FILES));
  }

  @Override
  public long outputLimitBytes() {
    return OUTPUT_LIMIT_BYTES;
  }
}
