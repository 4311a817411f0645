/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a log says that matters to archiving. Immutable.
 *
 * <p>{@code at} is the time in the record, null where the record has none or it cannot be resolved
 * without guessing. {@code pid} is null where the record does not tell. The names and meanings of
 * the components are those of {@code walwatch parse}.
 */
public sealed interface LogEvent {
  /** Time in the record, or null. */
  @Nullable Instant at();

  /** Calls the visitor's method for this kind of event. */
  void accept(LogEventVisitor visitor);

  /** What became of a push. */
  enum PushState {
    /** It was begun; nothing is stored yet. */
    BEGIN,
    /** The file is in the store, now or already before. */
    COMPLETE,
    /** The file was called archived and not stored, which leaves a gap. */
    SKIP,
    /** It ended without the file being stored; the server will ask for it again. */
    FAIL
  }

  /** What became of a fetch. */
  enum FetchState {
    /** It was begun. */
    BEGIN,
    /** It has ended: with the file, or behind a MISSING of the same process without it. */
    COMPLETE,
    /** No fetch was needed: the file had been fetched ahead. */
    HIT,
    /** The store does not have the file, as at the end of every recovery. */
    MISSING
  }

  /** Who asked for the fetch: the server, or the archiver ahead of it. */
  enum FetchAction {
    FETCH,
    PREFETCH
  }

  /** Severity of an archiver's record. */
  enum MessageSeverity {
    INFO,
    WARNING,
    ERROR,
    CRITICAL
  }

  /** LOG: the archiver tries again. FATAL: the archiver process dies (exit code above 125). */
  enum FailureSeverity {
    LOG,
    FATAL
  }

  /** How an archive command failed. */
  enum FailureCause {
    EXIT,
    SIGNAL,
    MODULE
  }

  /** A turn in a server's life. */
  enum ServerTurn {
    STARTED,
    READY,
    RECOVERY,
    PROMOTED,
    SHUTDOWN,
    CRASHED
  }

  /**
   * An archiver pushes a file.
   *
   * @param store URL of the object, null where the record does not tell
   * @param rateBytesPerSecond null where the record does not tell
   */
  record Push(
      @Nullable Instant at,
      String archiver,
      PushState state,
      WalFile file,
      @Nullable Long pid,
      @Nullable String store,
      @Nullable Double rateBytesPerSecond)
      implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.push(this);
    }
  }

  /** An archiver fetches a file for restore. */
  record Fetch(
      @Nullable Instant at,
      String archiver,
      FetchAction action,
      FetchState state,
      WalFile file,
      @Nullable Long pid,
      @Nullable String store)
      implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.fetch(this);
    }
  }

  /**
   * A record of an archiver without an action.
   *
   * @param retry whether it says that something is tried again
   */
  record Message(
      @Nullable Instant at,
      String archiver,
      MessageSeverity severity,
      @Nullable Long pid,
      String text,
      @Nullable String detail,
      boolean retry)
      implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.message(this);
    }
  }

  /**
   * PostgreSQL's archiver reports a failed attempt.
   *
   * @param code exit code or signal number, null for a module
   * @param file null where the record does not tell
   * @param command null where the record does not tell
   */
  record ArchiveCommandFailed(
      @Nullable Instant at,
      FailureSeverity severity,
      FailureCause cause,
      @Nullable Integer code,
      @Nullable WalFile file,
      @Nullable String command)
      implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.archiveCommandFailed(this);
    }
  }

  /** "failed too many times, will try again later". */
  record ArchiveCommandGaveUp(@Nullable Instant at, @Nullable WalFile file) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.archiveCommandGaveUp(this);
    }
  }

  /** An orphan status file was removed (PostgreSQL 12 and later). */
  record ArchiveOrphanRemoved(@Nullable Instant at, @Nullable WalFile file) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.archiveOrphanRemoved(this);
    }
  }

  /** archive_mode is on, and no command or library is set. */
  record ArchiveNotConfigured(@Nullable Instant at) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.archiveNotConfigured(this);
    }
  }

  /** Somebody asked for a segment that is already gone. */
  record WalSegmentMissing(@Nullable Instant at, @Nullable WalFile file) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.walSegmentMissing(this);
    }
  }

  /** PANIC: no space left in pg_wal. */
  record WalOutOfSpace(@Nullable Instant at) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.walOutOfSpace(this);
    }
  }

  /** The end of a base backup waits for its segments to be archived. */
  record BackupStopWait(@Nullable Instant at, long seconds) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.backupStopWait(this);
    }
  }

  /** A turn in the server's life. */
  record Server(@Nullable Instant at, ServerTurn state) implements LogEvent {
    @Override
    public void accept(LogEventVisitor visitor) {
      visitor.server(this);
    }
  }
}
