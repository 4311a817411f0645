/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.lvm;

import io.walwatch.parse.Backup;
import io.walwatch.parse.Backup.State;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupSink;
import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import io.walwatch.parse.listing.JsonList;
import io.walwatch.parse.listing.JsonObject;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code lvs --reportformat json}. Of a thick snapshot {@code lv_attr} tells whether it is invalid
 * (fifth letter {@code I}: its space has overflowed and it is worthless), and its size is the room
 * set aside, which is what it costs; how much of it is used goes into the space ratio, as do data
 * and metadata of the pool of thin ones. See lvs(8), section on lv_attr bits.
 */
final class LvmListParser implements BackupListParser {
  private static final Set<String> WANTED =
      Set.of(
          "report",
          "lv",
          "lv_name",
          "vg_name",
          "lv_attr",
          "lv_size",
          "origin",
          "pool_lv",
          "data_percent",
          "snap_percent",
          "metadata_percent",
          "lv_time");

  private final String group;
  private final Optional<String> volume;

  /**
   * One for a volume or a group.
   *
   * @param wanted {@code vg/lv} or {@code vg}
   */
  LvmListParser(String wanted) {
    int slash = wanted.indexOf('/');
    group = slash < 0 ? wanted : wanted.substring(0, slash);
    volume = slash < 0 ? Optional.empty() : Optional.of(wanted.substring(slash + 1));
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    List<JsonObject> volumes = new ArrayList<>();
    for (JsonObject document : JsonList.read(output, WANTED::contains)) {
      for (JsonObject report : document.objects("report")) {
        for (JsonObject candidate : report.objects("lv")) {
          if (candidate.optionalText("vg_name").orElse(group).equals(group)) {
            volumes.add(candidate);
          }
        }
      }
    }
    boolean found = false;
    for (JsonObject candidate : volumes) {
      found |= accept(candidate, volumes, sink);
    }
    if (!found) {
      throw new MalformedListException(
          "there is no volume " + group + volume.map(name -> "/" + name).orElse(""));
    }
  }

  /** Returns whether this is a volume that ought to have snapshots. */
  private boolean accept(JsonObject candidate, List<JsonObject> all, BackupSink sink)
      throws IOException {
    String attributes = candidate.text("lv_attr");
    if (attributes.length() < 5) {
      throw new MalformedListException("lv_attr \"" + Excerpt.of(attributes) + "\" is too short");
    }
    Optional<String> origin = candidate.optionalText("origin");
    if (origin.isPresent()) {
      if (volume.isEmpty() || volume.get().equals(origin.get())) {
        snapshot(candidate, attributes, origin.get(), all, sink);
      }
      return false;
    }
    String name = candidate.text("lv_name");
    boolean plain = "-oV".indexOf(attributes.charAt(0)) >= 0;
    if (volume.isPresent() ? !volume.get().equals(name) : !plain) {
      return false;
    }
    sink.volume(name);
    return true;
  }

  private static void snapshot(
      JsonObject snapshot, String attributes, String origin, List<JsonObject> all, BackupSink sink)
      throws IOException {
    boolean invalid = "IS".indexOf(attributes.charAt(4)) >= 0;
    sink.backup(
        Backup.named(snapshot.text("lv_name"), invalid ? State.FAILED : State.OK)
            .of(origin)
            .finished(Optional.of(ListTimes.parse(snapshot.text("lv_time"))))
            .sized(OptionalLong.of(snapshot.size("lv_size"))));
    Optional<String> pool = snapshot.optionalText("pool_lv");
    if (pool.isEmpty()) {
      space(snapshot, "data_percent", sink);
      space(snapshot, "snap_percent", sink);
      return;
    }
    for (JsonObject candidate : all) {
      if (candidate.text("lv_name").equals(pool.get())) {
        space(candidate, "data_percent", sink);
        space(candidate, "metadata_percent", sink);
      }
    }
  }

  private static void space(JsonObject candidate, String key, BackupSink sink) throws IOException {
    Optional<String> percent = candidate.optionalText(key);
    if (percent.isPresent()) {
      sink.spaceUsed(percentage(key, percent.get()) / 100);
    }
  }

  private static double percentage(String key, String text) throws MalformedListException {
    try {
      double percent = Double.parseDouble(text);
      if (percent >= 0 && percent <= Double.MAX_VALUE) {
        return percent;
      }
    } catch (NumberFormatException ignored) {
      // Said below.
    }
    throw new MalformedListException(key + " \"" + Excerpt.of(text) + "\" is no percentage");
  }
}
