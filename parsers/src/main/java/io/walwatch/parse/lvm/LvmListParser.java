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
 * {@code lvs --reportformat json}. The size of a thick snapshot is the room set aside, which is
 * what it costs; how much of it is used goes into the space ratio, as do data and metadata of the
 * pool of thin ones. One that cannot be read, or whose origin or pool cannot, is failed. What has
 * an origin is a snapshot, unless the origin is a hidden one: then it is a cached volume.
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
    LvmAttributes attributes = LvmAttributes.of(candidate.text("lv_attr"));
    Optional<String> origin = candidate.optionalText("origin").filter(name -> !isHidden(name));
    String name = candidate.text("lv_name");
    if (origin.isPresent() && !isHidden(name)) {
      if (volume.isEmpty() || volume.get().equals(origin.get())) {
        snapshot(candidate, attributes, origin.get(), all, sink);
      }
      return false;
    }
    boolean holdsData = attributes.holdsData(candidate.optionalText("origin").isPresent());
    if (volume.isPresent() ? !volume.get().equals(name) : !holdsData || isHidden(name)) {
      return false;
    }
    sink.volume(name);
    return true;
  }

  /** A part of a volume: lvs sets it in brackets, and lists it with -a only. */
  private static boolean isHidden(String name) {
    return name.startsWith("[");
  }

  private static void snapshot(
      JsonObject snapshot,
      LvmAttributes attributes,
      String origin,
      List<JsonObject> all,
      BackupSink sink)
      throws IOException {
    Optional<String> pool = snapshot.optionalText("pool_lv");
    // A thick one holds only what has changed in its origin since, a thin one lies in its pool.
    Optional<JsonObject> basis = find(all, pool.orElse(origin));
    boolean readable =
        attributes.isReadable()
            && (basis.isEmpty() || LvmAttributes.of(basis.get().text("lv_attr")).isReadable());
    sink.backup(
        Backup.named(snapshot.text("lv_name"), readable ? State.OK : State.FAILED)
            .ofVolume(origin)
            .finished(Optional.of(ListTimes.parse(snapshot.text("lv_time"))))
            .sized(OptionalLong.of(snapshot.size("lv_size"))));
    if (pool.isEmpty()) {
      space(snapshot, "data_percent", sink);
      space(snapshot, "snap_percent", sink);
    } else if (basis.isPresent()) {
      space(basis.get(), "data_percent", sink);
      space(basis.get(), "metadata_percent", sink);
    }
  }

  private static Optional<JsonObject> find(List<JsonObject> all, String name) throws IOException {
    for (JsonObject candidate : all) {
      if (candidate.text("lv_name").equals(name)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
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
