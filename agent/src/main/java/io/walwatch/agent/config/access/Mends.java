/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What an operator can do about a path that is in the way, the least right first. */
final class Mends {
  private static final String RESTART = " and restart walwatch";

  private Mends() {}

  static List<String> of(
      Path blocking, FileFacts facts, int needed, ProcessIdentity identity, Purpose purpose) {
    List<String> mends = new ArrayList<>();
    boolean groupMay = (facts.mode() >> 3 & needed) == needed;
    boolean member = identity.groupIds().contains(facts.groupId());
    String join = member ? "" : "usermod -aG " + facts.group() + " " + identity.user();
    if (groupMay && !join.isEmpty()) {
      mends.add(join + RESTART);
    } else {
      String open = open(blocking, facts, purpose);
      mends.add(join.isEmpty() ? open : open + ", then " + join + RESTART);
    }
    if (purpose == Purpose.DATA_DIRECTORY) {
      mends.add(
          "systemctl edit walwatch: [Service] AmbientCapabilities=CAP_DAC_READ_SEARCH"
              + " CapabilityBoundingSet=CAP_DAC_READ_SEARCH");
      if (!facts.owner().equals("root")) {
        mends.add("run walwatch as " + facts.owner());
      }
    }
    return mends;
  }

  /** What an operator can do about a path that is not there. */
  static List<String> ofMissing(Purpose purpose) {
    return purpose == Purpose.OTHER
        ? List.of()
        : List.of("name the path that is right", "make it: walwatch serve takes it up then");
  }

  private static String open(Path blocking, FileFacts facts, Purpose purpose) {
    if (purpose == Purpose.DATA_DIRECTORY && facts.directory()) {
      // PostgreSQL 11 or newer starts on 0700 and 0750 only, and creates files by what it finds.
      // A TLS key that the group may read would keep it from starting.
      return "stop PostgreSQL (11 or newer), chmod -R g+rX "
          + blocking
          + " (not a TLS key in it), start it";
    }
    if (facts.directory()) {
      return "chmod g+rx " + blocking;
    }
    return purpose == Purpose.LOG
        ? "set log_file_mode = 0640 in PostgreSQL and chmod g+r " + blocking
        : "chmod g+r " + blocking;
  }
}
