/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.TemporaryTree;
import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.CommandResult;
import io.walwatch.it.agent.Launcher;
import io.walwatch.it.system.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A store of WAL-E in something that speaks S3, with holes on purpose, listed by Debian's aws:
 * 2,500 objects, three pages. Unlike S3, s3proxy refuses a second page of what is listed from a key
 * on: as long as there are early holes, everything is walked each time.
 */
@Tag("tools")
@Timeout(600)
class ObjectStoreIT {
  /** Debian's: what stands first in PATH may be another one, or none that works. */
  private static final String AWS = "/usr/bin/aws";

  private static final long SEGMENT_BYTES = 16 << 20;
  private static final int OBJECT_BYTES = 10;

  /** 10 parts, 5 parts and 1; two sentinels; 2,481 segments of which one is empty; a history. */
  private static final int STORED_BYTES = 9_000 + 10_000 + 300 + 2 + 2 + 24_800 + 10;

  private final TemporaryTree tree;
  private final ObjectStore store;
  private int objects;

  ObjectStoreIT() throws IOException {
    tree = TemporaryTree.create("walwatch-s3");
    store = ObjectStore.start(tree.root());
  }

  @AfterEach
  void remove() {
    store.close();
    tree.close();
  }

  @BeforeEach
  void fillStore() throws Exception {
    store.bucket("empty");
    store.bucket("walwatch");
    parts("000000010000000000000010_00000040", 10, 900);
    sentinel("000000010000000000000010_00000040");
    Instant first = Instant.now().plusSeconds(1);
    wal(1, 0x00C, 0x7FF, Set.of(0x00D, 0x042, 0x0FF, 0x100, 0x101, 0x102, 0x7F5));
    store.put("walwatch", segment(1, 0x500), 0);
    store.put("walwatch", "pg/wal_005/00000002.history.lzo", OBJECT_BYTES);
    objects++;
    wal(2, 0x7F0, 0x9B4, Set.of(0x800));
    parts("000000020000000800000000_00000028", 1, 300);
    parts("000000010000000200000000_00000028", 5, 2_000);
    Patience.await().until(() -> Instant.now().isAfter(first));
    sentinel("000000010000000200000000_00000028");
    assertThat(objects).isEqualTo(2_500);
  }

  @Test
  void shouldSeeEachHoleAndListAgainOnlyWhatIsNotVerified() throws Exception {
    try (AgentProcess agent = serve()) {
      await(agent, "walwatch_backup_listing_success", 1);
      shouldShowWhatIsStored(agent);
      shouldSeeThatHolesWereFilled(agent);
      shouldSeeNewWalWithAHoleInIt(agent);
      shouldWalkEverythingWhenTheLastVerifiedSegmentIsGone(agent);
      shouldTakeAnEmptyBucketForNoAnswer(agent);
    }
    shouldRelyOnWhatWasVerifiedBeforeARestart();
  }

  private void shouldRelyOnWhatWasVerifiedBeforeARestart() throws Exception {
    Files.delete(tree.root().resolve("asked"));
    try (AgentProcess agent = serve()) {
      awaitAsked("--start-after pg/wal_005/0000000200000009000000B3~");
      assertThat(asked())
          .filteredOn(line -> line.contains("/wal_005/"))
          .allMatch(line -> line.contains("--start-after"));
      store.close();
      await(agent, "walwatch_backup_listing_success", 0);
      await(agent, "walwatch_backup_wal_missing_segments", 2);
    }
  }

  @Test
  void shouldRelyOnTheResultThatATimerHasLeft() throws Exception {
    try (AgentProcess agent = serve()) {
      // No result is there yet, but the place for it.
      awaitOf(agent, "timed", "walwatch_backup_listing_success", 0);
      assertThat(list().output()).singleElement().asString().contains("7 WAL segments missing");
      assertThat(asked()).filteredOn(line -> line.contains("--start-after")).isEmpty();
      Files.delete(tree.root().resolve("asked"));
      list();
      assertThat(asked()).anyMatch(line -> line.contains("wal_005/000000010000000000000040~"));
      awaitOf(agent, "timed", "walwatch_backup_wal_missing_segments", 7);
    }
  }

  /**
   * Missing are 042, 0FF to 102 and the empty one; not 00D, below the oldest backup, nor 7F5, where
   * the next timeline goes on; 800 of that is.
   */
  private void shouldShowWhatIsStored(AgentProcess agent) {
    await(agent, "walwatch_backup_wal_missing_segments", 1 + 4 + 1 + 1);
    await(agent, "walwatch_backup_wal_last_stored_position_bytes", 0x9B5 * SEGMENT_BYTES);
    await(agent, "walwatch_backup_stored_bytes", STORED_BYTES);
    await(agent, "walwatch_backup_last_size_bytes", 10_000);
    await(agent, "walwatch_backup_previous_size_bytes", 9_000);
    assertThat(agent.scrape().value("walwatch_backups", "backup=store", "state=ok")).hasValue(2);
    assertThat(agent.scrape().value("walwatch_backups", "backup=store", "state=running"))
        .hasValue(1);
  }

  private void shouldSeeThatHolesWereFilled(AgentProcess agent) throws Exception {
    for (int number : List.of(0x042, 0x0FF, 0x100, 0x101, 0x102, 0x500)) {
      store.put("walwatch", segment(1, number), OBJECT_BYTES);
    }
    store.put("walwatch", segment(2, 0x800), OBJECT_BYTES);
    await(agent, "walwatch_backup_wal_missing_segments", 0);
    await(agent, "walwatch_backup_stored_bytes", STORED_BYTES + 7 * OBJECT_BYTES);
    awaitAsked("--start-after pg/wal_005/0000000200000009000000B3~");
    await(agent, "walwatch_backup_stored_bytes", STORED_BYTES + 7 * OBJECT_BYTES);
    await(agent, "walwatch_backup_wal_missing_segments", 0);
  }

  private void shouldSeeNewWalWithAHoleInIt(AgentProcess agent) throws Exception {
    wal(2, 0x9B5, 0x9B7, Set.of(0x9B6));
    await(agent, "walwatch_backup_wal_missing_segments", 1);
    await(agent, "walwatch_backup_wal_last_stored_position_bytes", 0x9B8 * SEGMENT_BYTES);
    await(agent, "walwatch_backup_stored_bytes", STORED_BYTES + 9 * OBJECT_BYTES);
    awaitAsked("--start-after pg/wal_005/0000000200000009000000B4~");
  }

  private void shouldWalkEverythingWhenTheLastVerifiedSegmentIsGone(AgentProcess agent)
      throws Exception {
    store.delete("walwatch", segment(2, 0x9B5));
    await(agent, "walwatch_backup_wal_missing_segments", 2);
    await(agent, "walwatch_backup_stored_bytes", STORED_BYTES + 8 * OBJECT_BYTES);
  }

  private void shouldTakeAnEmptyBucketForNoAnswer(AgentProcess agent) {
    awaitOf(agent, "empty", "walwatch_backup_listing_success", 0);
    assertThat(agent.get("/api/v1/status").body()).contains("the list is empty");
  }

  private void await(AgentProcess agent, String name, double value) {
    awaitOf(agent, "store", name, value);
  }

  private static void awaitOf(AgentProcess agent, String set, String name, double value) {
    Patience.await()
        .untilAsserted(
            () -> assertThat(agent.scrape().value(name, "backup=" + set)).as(name).hasValue(value));
  }

  private void awaitAsked(String arguments) {
    Patience.await().until(() -> asked().stream().anyMatch(line -> line.contains(arguments)));
  }

  private List<String> asked() throws IOException {
    Path asked = tree.root().resolve("asked");
    return Files.exists(asked) ? Files.readAllLines(asked) : List.of();
  }

  private CommandResult list() throws Exception {
    CommandResult result =
        launcher()
            .run(
                "list", "--config", config().toString(), "--state-dir", state(), "--name", "timed");
    assertThat(result.exitCode()).as("%s", result).isZero();
    return result;
  }

  private AgentProcess serve() throws IOException {
    return launcher().serve("--config", config().toString(), "--state-dir", state());
  }

  private static Launcher launcher() {
    return Launcher.packed()
        .with("AWS_ACCESS_KEY_ID", "any")
        .with("AWS_SECRET_ACCESS_KEY", "any")
        .with("AWS_DEFAULT_REGION", "us-east-1")
        .with("AWS_EC2_METADATA_DISABLED", "true");
  }

  private String state() {
    return tree.root().resolve("state").toString();
  }

  /** The tool, behind a script that notes what is asked. */
  private Path config() throws IOException {
    Path aws = tree.root().resolve("aws");
    Files.writeString(aws, "#!/bin/sh\necho \"$*\" >>\"${0%/*}/asked\"\nexec " + AWS + " \"$@\"\n");
    Files.setPosixFilePermissions(aws, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path config = tree.root().resolve("walwatch.yml");
    String command = "command: [" + aws + ", --endpoint-url, \"" + store.address() + "\"]";
    String wal = "provider: s3, bucket: walwatch, prefix: pg, layout: wal-e, " + command;
    Files.writeString(
        config,
        "backups:\n"
            + ("  - { name: store, every: 10s, " + wal + " }\n")
            + ("  - { name: timed, listed_by: timer, " + wal + " }\n")
            + ("  - { name: empty, every: 10s, provider: s3, bucket: empty, " + command + " }\n"));
    return config;
  }

  private void wal(int timeline, int first, int last, Set<Integer> holes) throws Exception {
    for (int number = first; number <= last; number++) {
      if (!holes.contains(number)) {
        store.put("walwatch", segment(timeline, number), OBJECT_BYTES);
        objects++;
      }
    }
  }

  private void parts(String backup, int count, int bytes) throws Exception {
    for (int part = 0; part < count; part++) {
      String name = String.format(Locale.ROOT, "/tar_partitions/part_%08d.tar.lzo", part);
      store.put("walwatch", "pg/basebackups_005/base_" + backup + name, bytes);
      objects++;
    }
  }

  private void sentinel(String backup) throws Exception {
    String name = "pg/basebackups_005/base_" + backup + "_backup_stop_sentinel.json";
    store.put("walwatch", name, 2);
    objects++;
  }

  private static String segment(int timeline, int number) {
    return String.format(
        Locale.ROOT, "pg/wal_005/%08X%08X%08X.lzo", timeline, number >> 8, number & 0xFF);
  }
}
