/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.azure;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/**
 * Lists the snapshots of one managed disk, or of every disk of a resource group; found through
 * {@link java.util.ServiceLoader}. The key {@code command} replaces {@code az} alone.
 */
public final class AzureListProvider implements BackupListParserProvider {
  private static final String GROUP = "resource_group";
  private static final String DISK = "disk";

  @Override
  public String name() {
    return "azure-disk";
  }

  @Override
  public Set<String> requiredKeys() {
    return Set.of(GROUP);
  }

  @Override
  public Set<String> optionalKeys() {
    return Set.of(DISK, COMMAND);
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    List<String> snapshots = list(request, "snapshot");
    return request.option(DISK).isPresent()
        ? List.of(snapshots)
        : List.of(snapshots, list(request, "disk"));
  }

  private static List<String> list(BackupListRequest request, String what) {
    String group = request.option(GROUP).orElse("");
    return request.toolOr("az", List.of(what, "list", "-g", group, "-o", "json"));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new AzureListParser(request.option(DISK), request.option(GROUP).orElse(""));
  }
}
