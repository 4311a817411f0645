/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.ServerNames;
import io.walwatch.agent.config.access.AccessDiagnosis;
import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import io.walwatch.agent.config.access.AccessInspector;
import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the servers of this host by the places where distributions put their data directories. */
final class ServerDiscovery {
  private final Path root;
  private final AccessInspector access;
  private final Optional<String> pgdata;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  /**
   * A discovery for one use.
   *
   * @param root where the host's file tree begins
   * @param pgdata value of the variable PGDATA
   */
  ServerDiscovery(Path root, AccessInspector access, Optional<String> pgdata) {
    this.root = root;
    this.access = access;
    this.pgdata = pgdata.filter(value -> !value.isBlank());
  }

  /** All that was found, watched or not, in a fixed order. */
  List<Finding> find() {
    pgdata.ifPresent(
        value -> {
          Path directory = Path.of(value.strip());
          Path place = directory.isAbsolute() ? host(value.strip()) : directory.toAbsolutePath();
          judge(place, "$PGDATA", true);
        });
    Path debian = host("/var/lib/postgresql");
    for (Path version : list(debian, path -> ServerNames.isVersion(path.getFileName()))) {
      list(version, path -> true).forEach(path -> judge(path, "Debian's place", false));
    }
    Path redHat = host("/var/lib/pgsql");
    for (Path version : list(redHat, path -> ServerNames.isVersion(path.getFileName()))) {
      judge(version.resolve("data"), "Red Hat's place", false);
    }
    judge(redHat.resolve("data"), "Red Hat's place", false);
    judge(debian.resolve("data"), "the container image's place", false);
    return List.copyOf(findings);
  }

  private Path host(String absolute) {
    return root.resolve(Path.of("/").relativize(Path.of(absolute).normalize()));
  }

  private List<Path> list(Path directory, Predicate<Path> wanted) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    Optional<AccessDiagnosis> diagnosis = access.diagnose(directory, Purpose.DATA_DIRECTORY);
    if (diagnosis.isPresent()) {
      notListed(directory, diagnosis.get().line());
      return List.of();
    }
    try {
      return DirectoryEntries.list(directory).stream()
          .filter(Files::isDirectory)
          .filter(wanted)
          .toList();
    } catch (IOException e) {
      notListed(directory, IoReason.of(e));
      return List.of();
    }
  }

  private void notListed(Path directory, String why) {
    findings.add(Finding.passedOver(directory, "it cannot be searched for servers: " + why));
  }

  private void judge(Path directory, String place, boolean named) {
    if (!Files.exists(directory)) {
      if (named) {
        findings.add(Finding.passedOver(directory, place + " names it, but it does not exist"));
      }
      return;
    }
    if (!seen.add(real(directory))) {
      return;
    }
    Optional<AccessDiagnosis> blocked = access.diagnose(directory, Purpose.DATA_DIRECTORY);
    if (blocked.isEmpty() && !Files.exists(directory.resolve("PG_VERSION"))) {
      findings.add(
          Finding.passedOver(directory, "it has no PG_VERSION, so it is no data directory"));
      return;
    }
    findings.add(Finding.watched(freeName(ServerNames.of(directory)), directory, place, blocked));
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int i = 2; !names.add(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException ignored) {
      return directory.normalize();
    }
  }
}
