/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.azure;

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
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code az snapshot list -o json}, then {@code az disk list -o json} where a whole group is
 * watched. A size is that of the disk in GiB; releases of az spell its key differently. A snapshot
 * whose copy is not complete ({@code completionPercent}) is running.
 */
final class AzureListParser implements BackupListParser {
  /** 2^63 bytes. */
  private static final long MAX_GIB = (1L << 33) - 1;

  private static final Set<String> WANTED =
      Set.of(
          "creationData",
          "sourceResourceId",
          "diskSizeGB",
          "diskSizeGb",
          "name",
          "provisioningState",
          "completionPercent",
          "timeCreated",
          "type");

  private final Optional<String> disk;
  private final String group;
  private boolean hasDisks;

  AzureListParser(Optional<String> disk, String group) {
    this.disk = disk.map(AzureListParser::fold);
    this.group = group;
  }

  /** Azure's names keep their case and do not differ by it. */
  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  @Override
  public void parse(InputStream output, BackupSink sink) throws IOException {
    disk.ifPresent(sink::volume);
    for (JsonObject item : JsonList.read(output, WANTED::contains)) {
      String type = fold(item.text("type"));
      if (type.endsWith("/disks")) {
        sink.volume(fold(item.text("name")));
        hasDisks = true;
      } else if (type.endsWith("/snapshots")) {
        snapshot(item, sink);
      } else {
        throw new MalformedListException(
            "\"" + Excerpt.of(type) + "\" is neither a disk nor a snapshot");
      }
    }
  }

  /** A group without a disk is another group than was meant, or one whose disks may not be seen. */
  @Override
  public void end(BackupSink sink) throws MalformedListException {
    if (disk.isEmpty() && !hasDisks) {
      throw new MalformedListException(
          "az disk list shows no disk in the resource group \""
              + group
              + "\", so none could be missed: name the disks' own group, or, where their snapshots"
              + " lie in another, each disk with the key disk");
    }
  }

  private void snapshot(JsonObject snapshot, BackupSink sink) throws IOException {
    String source = snapshot.object("creationData").optionalText("sourceResourceId").orElse("");
    String of = fold(source.substring(source.lastIndexOf('/') + 1));
    if (disk.isPresent() && !disk.get().equals(of)) {
      return;
    }
    OptionalLong gib = snapshot.optionalSize("diskSizeGB");
    OptionalLong size = gib.isPresent() ? gib : snapshot.optionalSize("diskSizeGb");
    sink.backup(
        Backup.named(snapshot.text("name"), state(snapshot))
            .ofVolume(of)
            .finished(Optional.of(ListTimes.parse(snapshot.text("timeCreated"))))
            .sized(size.isPresent() ? OptionalLong.of(bytes(size.getAsLong())) : size));
  }

  private static long bytes(long gib) throws MalformedListException {
    if (gib > MAX_GIB) {
      throw new MalformedListException(gib + " GiB is no size of a disk");
    }
    return gib << 30;
  }

  private static State state(JsonObject snapshot) throws IOException {
    long percent = snapshot.optionalNumber("completionPercent").orElse(100);
    return switch (fold(snapshot.text("provisioningState"))) {
      case "succeeded" -> percent < 100 ? State.RUNNING : State.OK;
      case "creating", "updating", "accepted" -> State.RUNNING;
      default -> State.FAILED;
    };
  }
}
