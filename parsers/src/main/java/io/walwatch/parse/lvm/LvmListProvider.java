/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.lvm;

import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import java.util.List;
import java.util.Set;

/**
 * Lists the snapshots of a logical volume ({@code vg/lv}), or of every volume of a group ({@code
 * vg}); found through {@link java.util.ServiceLoader}.
 */
public final class LvmListProvider implements BackupListParserProvider {
  private static final String VOLUME = "volume";

  @Override
  public String name() {
    return "lvm";
  }

  @Override
  public Set<String> requiredKeys() {
    return Set.of(VOLUME);
  }

  @Override
  public List<List<String>> commands(BackupListRequest request) {
    String group = request.option(VOLUME).orElse("").split("/", -1)[0];
    return List.of(
        request.toolOr(
            "lvs",
            List.of(
                "--reportformat",
                "json",
                "--units",
                "b",
                "--nosuffix",
                "-o",
                "lv_name,vg_name,lv_attr,lv_size,origin,pool_lv,data_percent,snap_percent,"
                    + "metadata_percent,lv_time",
                "--config",
                "report/time_format=\"%Y-%m-%d %T %z\"",
                group)));
  }

  @Override
  public BackupListParser create(BackupListRequest request) {
    return new LvmListParser(request.option(VOLUME).orElse(""));
  }
}
