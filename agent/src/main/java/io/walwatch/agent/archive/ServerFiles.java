/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.agent.archive.ControlFile.State;
import io.walwatch.agent.archive.ServerStatus.ArchiveMode;
import io.walwatch.agent.archive.settings.ServerSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the files of one data directory say about its server. A part that cannot be read is absent
 * from the status and leaves the others alone. Used on the loop's thread only.
 */
public final class ServerFiles {
  /** PostgreSQL writes the file in place: a reader may see half of two versions. */
  private static final int READS_OF_TORN_FILE = 3;

  /** Sizing a pg_wal of 100,000 segments takes a moment, and nobody needs it each second. */
  private static final long WAL_DIRECTORY_PAUSE_MILLIS = 10_000;

  private static final List<String> SIGNALS =
      List.of("standby.signal", "recovery.signal", "recovery.conf");

  private final Path dataDirectory;
  private final InstantSource clock;
  private final Postmaster postmaster;
  private final CachedSettings settings;
  private Optional<WalDirectory> walDirectory = Optional.empty();
  private long walDirectoryMillis = Long.MIN_VALUE;

  public ServerFiles(Path dataDirectory, InstantSource clock) {
    this(dataDirectory, clock, Path.of("/proc"));
  }

  ServerFiles(Path dataDirectory, InstantSource clock, Path proc) {
    this.dataDirectory = dataDirectory;
    this.clock = clock;
    this.postmaster = new Postmaster(proc);
    this.settings = new CachedSettings(dataDirectory);
  }

  /** What they say now. Never fails. */
  public ServerStatus status() {
    Optional<ControlFile> controlFile = readControl();
    Optional<Boolean> running = isRunning();
    Optional<ServerSettings> set = settings.get();
    Optional<WalDirectory> wal = walDirectory();
    return new ServerStatus(
        readVersion(),
        toLong(controlFile.map(ControlFile::systemIdentifier)),
        inRecovery(controlFile.map(ControlFile::state), running),
        running,
        set.flatMap(ServerFiles::archiveMode),
        set.flatMap(values -> notEmpty(values, "archive_command")),
        set.flatMap(values -> notEmpty(values, "archive_library")),
        segmentSize(controlFile, wal),
        toLong(controlFile.map(ControlFile::timeline)),
        toLong(controlFile.map(ControlFile::redoPosition)),
        toLong(wal.map(WalDirectory::bytes)),
        toLong(wal.map(WalDirectory::filesystemSizeBytes)),
        toLong(wal.map(WalDirectory::filesystemAvailBytes)));
  }

  /** The settings as the files say, for whoever looks for logs; empty when unreadable. */
  public Optional<ServerSettings> settings() {
    return settings.get();
  }

  private Optional<String> readVersion() {
    try {
      Path file = dataDirectory.resolve("PG_VERSION");
      String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
      return text.matches("[0-9]{1,2}(\\.[0-9])?") ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<ControlFile> readControl() {
    Path file = dataDirectory.resolve("global/pg_control");
    Optional<ControlFile> read = Optional.empty();
    try {
      for (int i = 0; i < READS_OF_TORN_FILE && read.isEmpty(); i++) {
        read = ControlFile.parse(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return read;
  }

  private Optional<Boolean> isRunning() {
    try {
      return Files.isDirectory(dataDirectory)
          ? postmaster.isRunning(dataDirectory)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The state in pg_control decides while it says recovery, or production by a server that runs; a
   * signal file says what a server that starts is about to do.
   */
  private Optional<Boolean> inRecovery(Optional<State> state, Optional<Boolean> running) {
    if (state.isPresent() && state.get().isRecovering()) {
      return Optional.of(true);
    }
    if (state.equals(Optional.of(State.IN_PRODUCTION)) && running.orElse(true)) {
      return Optional.of(false);
    }
    boolean isSignalled =
        SIGNALS.stream().anyMatch(name -> Files.exists(dataDirectory.resolve(name)));
    if (isSignalled || state.equals(Optional.of(State.SHUT_DOWN_IN_RECOVERY))) {
      return Optional.of(true);
    }
    boolean isReadable = Files.isReadable(dataDirectory.resolve("global"));
    return state.isPresent() || isReadable ? Optional.of(false) : Optional.empty();
  }

  private static Optional<ArchiveMode> archiveMode(ServerSettings settings) {
    return switch (settings.get("archive_mode").orElse("off").toLowerCase(Locale.ROOT)) {
      case "always" -> Optional.of(ArchiveMode.ALWAYS);
      case "on", "true", "yes", "1", "t", "y" -> Optional.of(ArchiveMode.ON);
      case "off", "false", "no", "0", "f", "n", "" -> Optional.of(ArchiveMode.OFF);
      default -> Optional.empty();
    };
  }

  private static Optional<String> notEmpty(ServerSettings settings, String name) {
    return settings.get(name).filter(value -> !value.isEmpty());
  }

  private static OptionalLong segmentSize(
      Optional<ControlFile> control, Optional<WalDirectory> wal) {
    OptionalLong said = control.map(ControlFile::segmentSizeBytes).orElse(OptionalLong.empty());
    return said.isPresent()
        ? said
        : wal.map(WalDirectory::segmentSizeBytes).orElse(OptionalLong.empty());
  }

  private Optional<WalDirectory> walDirectory() {
    long now = clock.millis();
    boolean isFresh =
        walDirectoryMillis != Long.MIN_VALUE
            && now >= walDirectoryMillis
            && now - walDirectoryMillis < WAL_DIRECTORY_PAUSE_MILLIS;
    if (!isFresh) {
      walDirectoryMillis = now;
      walDirectory = readWalDirectory();
    }
    return walDirectory;
  }

  private Optional<WalDirectory> readWalDirectory() {
    Path status = StatusDirectory.below(dataDirectory).path();
    try {
      return Optional.of(WalDirectory.of(status.resolveSibling("")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong toLong(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
