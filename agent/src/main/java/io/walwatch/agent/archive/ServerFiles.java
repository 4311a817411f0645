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
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the files of one data directory say about its server. A part that cannot be read is absent
 * from the status and leaves the others alone. Used on the loop's thread only.
 */
public final class ServerFiles {
  /** Sizing a pg_wal of 100,000 segments takes a moment, and nobody needs it each second. */
  private static final long PAUSE_MILLIS = 10_000;

  private static final List<String> SIGNALS =
      List.of("standby.signal", "recovery.signal", "recovery.conf");

  private final Path dataDirectory;
  private final Postmaster postmaster;
  private final Paced<ServerSettings> settings;
  private final Paced<Optional<WalDirectory>> walDirectory;

  public ServerFiles(Path dataDirectory, InstantSource clock) {
    this(dataDirectory, clock, Path.of("/proc"));
  }

  /**
   * Reads nothing yet.
   *
   * @param proc where processes are seen, {@code /proc}
   */
  public ServerFiles(Path dataDirectory, InstantSource clock, Path proc) {
    this.dataDirectory = dataDirectory;
    this.postmaster = new Postmaster(proc);
    this.settings = new Paced<>(clock, PAUSE_MILLIS, () -> ServerSettings.read(dataDirectory));
    this.walDirectory = new Paced<>(clock, PAUSE_MILLIS, this::readWalDirectory);
  }

  /** What they say now. Never fails. */
  public ServerStatus status() {
    Path control = dataDirectory.resolve("global/pg_control");
    Optional<ControlFile> controlFile = ControlFileReader.read(() -> Files.readAllBytes(control));
    Optional<Boolean> running = isRunning();
    ServerSettings set = settings.get();
    Optional<WalDirectory> wal = walDirectory.get();
    return new ServerStatus(
        readVersion(),
        toLong(controlFile.map(ControlFile::systemIdentifier)),
        inRecovery(controlFile.map(ControlFile::state), running),
        running,
        archiveMode(set),
        textOrDefault(set, "archive_command"),
        textOrDefault(set, "archive_library"),
        segmentSize(controlFile, wal),
        toLong(controlFile.map(ControlFile::timeline)),
        toLong(controlFile.map(ControlFile::redoPosition)),
        toLong(wal.map(WalDirectory::bytes)),
        wal.map(WalDirectory::filesystemSizeBytes).orElse(OptionalLong.empty()),
        wal.map(WalDirectory::filesystemAvailBytes).orElse(OptionalLong.empty()));
  }

  /** Where its WAL lies. */
  public Path walDirectory() {
    return StatusDirectory.below(dataDirectory).path().resolveSibling("");
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

  /** The default is known to be in force only where every file was read. */
  private static Optional<ArchiveMode> archiveMode(ServerSettings settings) {
    Optional<String> value = settings.get("archive_mode");
    if (value.isEmpty()) {
      return settings.isComplete() ? Optional.of(ArchiveMode.OFF) : Optional.empty();
    }
    if (value.get().equalsIgnoreCase("always")) {
      return Optional.of(ArchiveMode.ALWAYS);
    }
    return settings.getBoolean("archive_mode").map(on -> on ? ArchiveMode.ON : ArchiveMode.OFF);
  }

  /** The same of a setting whose default is an empty text. */
  private static Optional<String> textOrDefault(ServerSettings settings, String name) {
    return settings.get(name).or(() -> settings.isComplete() ? Optional.of("") : Optional.empty());
  }

  private static OptionalLong segmentSize(
      Optional<ControlFile> control, Optional<WalDirectory> wal) {
    OptionalLong said = control.map(ControlFile::segmentSizeBytes).orElse(OptionalLong.empty());
    return said.isPresent()
        ? said
        : wal.map(WalDirectory::segmentSizeBytes).orElse(OptionalLong.empty());
  }

  private Optional<WalDirectory> readWalDirectory() {
    try {
      return Optional.of(WalDirectory.of(walDirectory()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static OptionalLong toLong(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }
}
