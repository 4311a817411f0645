/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.archive.settings.ServerSettings;
import io.walwatch.agent.config.ServerNames;
import io.walwatch.agent.config.SourceInput;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the logs of one server by its settings. */
final class ServerLogs {
  private final String server;
  private final Path root;
  private final Path dataDirectory;
  private final ServerSettings settings;
  private final Set<String> framings;
  private final List<String> problems = new ArrayList<>();

  /**
   * A search for one use.
   *
   * @param framings formats that can be read
   */
  ServerLogs(
      String server, Path root, Path dataDirectory, ServerSettings settings, Set<String> framings) {
    this.server = server;
    this.root = root;
    this.dataDirectory = dataDirectory;
    this.settings = settings;
    this.framings = framings;
  }

  /** The logs that can be read, one source for each format. */
  List<LogSource> find() {
    Set<String> destinations =
        Arrays.stream(settings.get("log_destination").orElse("stderr").split(",", -1))
            .map(text -> text.strip().replace("\"", "").toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    if (destinations.contains("syslog")) {
      problems.add(
          server
              + " logs to syslog: name the file that it ends in, with --log "
              + server
              + "=FILE or as a source");
    }
    CollectorLogs collector = new CollectorLogs(root, dataDirectory, settings);
    boolean collecting =
        settings
            .getBoolean("logging_collector")
            .orElseGet(() -> !settings.isComplete() && !collector.current().isEmpty());
    if (collecting) {
      String directory = version().filter(ServerLogs::isOld).isPresent() ? "pg_log" : "log";
      return collected(collector.globs(destinations, directory), destinations);
    }
    return destinations.contains("stderr") ? uncollected() : List.of();
  }

  /** What keeps a log from being read, one line each; complete after {@link #find()}. */
  List<String> problems() {
    return problems;
  }

  private List<LogSource> collected(Map<LogFormat, List<String>> globs, Set<String> destinations) {
    Optional<LogFormat> authority =
        globs.keySet().stream()
            .filter(format -> framings.contains(format.formatName()))
            .filter(format -> destinations.contains(format.formatName()))
            .findFirst();
    if (authority.isEmpty()) {
      problems.add(
          server
              + " writes its own messages as "
              + String.join(", ", destinations)
              + " only, which cannot be read: add stderr to log_destination");
    }
    List<LogSource> sources = new ArrayList<>();
    globs.forEach(
        (format, names) -> {
          if (framings.contains(format.formatName())) {
            boolean own = authority.isEmpty() || authority.get() == format;
            boolean alone = destinations.equals(Set.of(format.formatName()));
            sources.add(source(format.formatName(), names, own, alone));
          }
        });
    return sources;
  }

  private List<LogSource> uncollected() {
    Optional<String> file = debianFile();
    if (file.isEmpty() && settings.configFile().isEmpty()) {
      problems.add(
          server
              + " has no configuration that can be read, so its log is not found: name it with"
              + " --log "
              + server
              + "=FILE");
      return List.of();
    }
    if (file.isEmpty()) {
      problems.add(
          server
              + " logs to the standard error of its process: set logging_collector = on, or name"
              + " the file that it ends in with --log "
              + server
              + "=FILE");
      return List.of();
    }
    return List.of(source("stderr", List.of(file.get()), true, true));
  }

  /** Debian's pg_ctlcluster sends standard error to this file, and logrotate rotates it. */
  private Optional<String> debianFile() {
    Path etc = root.resolve("etc/postgresql");
    Optional<Path> config =
        settings.configFile().filter(file -> file.startsWith(etc)).map(Path::getParent);
    Path place = config.orElse(dataDirectory);
    int count = place.getNameCount();
    if (count < 2 || !ServerNames.isVersion(place.getName(count - 2))) {
      return Optional.empty();
    }
    String name = "postgresql-" + place.getName(count - 2) + "-" + place.getFileName() + ".log";
    Path file = root.resolve("var/log/postgresql").resolve(name);
    // A data directory of this form alone may be a container's; then the file decides.
    return config.isPresent() || Files.exists(file)
        ? Optional.of(LogFileNames.literal(file.toString()))
        : Optional.empty();
  }

  private LogSource source(String format, List<String> globs, boolean authority, boolean alone) {
    return new LogSource(
        server + "/" + format,
        server,
        new SourceInput.Files(globs),
        pipeline().withFraming(format).withServerMessages(authority),
        alone);
  }

  /** How this server's stderr log is to be read, as far as its settings tell. */
  PipelineOptions pipeline() {
    return LogSettings.pipeline(settings, version().map(ServerLogs::isOld));
  }

  private Optional<String> version() {
    try {
      return Optional.of(Files.readString(dataDirectory.resolve("PG_VERSION")).strip());
    } catch (IOException ignored) {
      Path parent = dataDirectory.getParent();
      return Optional.ofNullable(parent == null ? null : parent.getFileName())
          .filter(ServerNames::isVersion)
          .map(Path::toString);
    }
  }

  /** Before 10 some defaults were others. */
  private static boolean isOld(String version) {
    return version.startsWith("9.") || version.startsWith("8.");
  }
}
