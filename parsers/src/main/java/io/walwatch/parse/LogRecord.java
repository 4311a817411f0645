/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record as its framing cut it out of the stream. A flyweight: valid only during the call that
 * hands it over.
 */
public interface LogRecord {
  /** What sort of text this is. */
  enum Kind {
    /** A message of PostgreSQL itself, whole: message, detail and what belongs to it. */
    SERVER_MESSAGE,
    /** One line of some other program, such as an archiver that PostgreSQL started. */
    OUTPUT_LINE
  }

  /** Who wrote it, as far as the framing shows. */
  enum Writer {
    /** PostgreSQL's archiver process. */
    ARCHIVER,
    /** A process of the server that serves no client; perhaps the archiver. */
    SERVER,
    /** A process of the server that serves no client and is not the archiver. */
    OTHER_PROCESS,
    /** A client's session: may hold any text. */
    SESSION,
    /** A program beside the server, or a child of it; its output is raw. */
    PROGRAM,
    /** The framing does not tell. */
    UNKNOWN
  }

  /** Decides which of the parts below there are. */
  Kind kind();

  /** Decides what may be believed: a client can write the words of any archiver. */
  Writer writer();

  /** First byte of the record in its stream. */
  long offsetBytes();

  /** Process id of the writer, or null where the framing does not tell. */
  @Nullable Long pid();

  /**
   * Time in the framing (not in the text), or null where it has none that can be resolved. Of an
   * OUTPUT_LINE it is null even where syslog or the journal has stamped it: the same line may come
   * raw by another way, and is told from a second one by what it says alone.
   */
  @Nullable Instant at();

  /** SERVER_MESSAGE: the severity as written, perhaps translated. OUTPUT_LINE: empty. */
  ByteSlice severity();

  /** SERVER_MESSAGE: five characters, or empty where the framing does not tell. */
  ByteSlice sqlState();

  /** SERVER_MESSAGE: the primary message, embedded lines included. OUTPUT_LINE: the line. */
  ByteSlice message();

  /** SERVER_MESSAGE: the detail or empty. OUTPUT_LINE: empty. */
  ByteSlice detail();

  /**
   * SERVER_MESSAGE: where in a query or function it arose, or empty. Text that a user's function
   * raised always has one, what the server says of its own accord has none.
   */
  ByteSlice context();

  /** SERVER_MESSAGE: the statement that was running, or empty. OUTPUT_LINE: empty. */
  ByteSlice statement();
}
