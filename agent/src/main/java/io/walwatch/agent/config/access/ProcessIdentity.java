/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * As whom a process reads files.
 *
 * @param groupIds all of its groups
 * @param readsAll whether a capability lets it read past the permission bits
 */
public record ProcessIdentity(String user, long userId, Set<Long> groupIds, boolean readsAll) {
  /** CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of linux/capability.h. */
  private static final long READS_ALL = 1L << 1 | 1L << 2;

  public ProcessIdentity {
    groupIds = Set.copyOf(groupIds);
  }

  /** This process; where /proc does not tell, one in no group. */
  public static ProcessIdentity current() {
    String user = System.getProperty("user.name", "unknown");
    try {
      return parse(user, Files.readAllLines(Path.of("/proc/self/status")));
    } catch (IOException | IllegalArgumentException ignored) {
      return new ProcessIdentity(user, -1, Set.of(), false);
    }
  }

  /** Reads {@code /proc/PID/status}, where Uid and Gid are real, effective, saved, file system. */
  static ProcessIdentity parse(String user, List<String> status) {
    Map<String, String> fields = new HashMap<>();
    for (String line : status) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    String groups = fileSystemId(fields, "Gid") + " " + fields.getOrDefault("Groups", "");
    return new ProcessIdentity(
        user,
        Long.parseLong(fileSystemId(fields, "Uid")),
        Arrays.stream(groups.strip().split("\\s+", -1))
            .map(Long::valueOf)
            .collect(Collectors.toSet()),
        (Long.parseUnsignedLong(fields.getOrDefault("CapEff", "0"), 16) & READS_ALL) != 0);
  }

  private static String fileSystemId(Map<String, String> fields, String name) {
    String[] ids = fields.getOrDefault(name, "-1").split("\\s+", -1);
    return ids[ids.length - 1];
  }

  /**
   * Whether the permission bits let this process in.
   *
   * @param needed 4 to read, 1 to search a directory, 5 for both
   */
  boolean may(FileFacts facts, int needed) {
    int shift = userId == facts.ownerId() ? 6 : groupIds.contains(facts.groupId()) ? 3 : 0;
    return readsAll || (facts.mode() >> shift & needed) == needed;
  }
}
