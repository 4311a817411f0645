/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Set;

/**
 * One source of lines, of any kind: files by glob, a socket, standard input, the journal. Used by
 * the loop's thread only. The world's errors (a file gone, no permission, a dead disk) are told to
 * {@link TailEvents} and tried again; they are never thrown.
 */
public interface LogStream extends Closeable {
  /**
   * Reads what is there and hands over its lines.
   *
   * @param budgetBytes the most to read in this call, so that no source starves another
   * @return bytes read; 0 when there is nothing more for now
   */
  int read(int budgetBytes);

  /** What to remember, together with all that was counted so far, to go on after a restart. */
  StreamPosition position();

  /**
   * Files (sockets, …) that are followed, open or let go until they grow; 0 says that the path is
   * wrong or unreadable.
   */
  int openFiles();

  /** Bytes known to be written and not yet read, over all generations. */
  long lagBytes();

  /** Whether what is not read yet waits at nobody's cost: no sender has to wait or discard. */
  default boolean canWait() {
    return false;
  }

  /** Why nothing comes, in a few words, where nobody sends; else empty. */
  default String silence() {
    return "";
  }

  /** Directories in which a change is worth a look before the next tick. */
  Set<Path> watchedDirectories();

  /** Takes whom to wake, from now on, when something comes that no directory shows. */
  default void wakeBy(Waker waker) {}

  /**
   * Takes what was read as all there is: unterminated lines and open records are finished. For a
   * single run over what is there; call it when {@link #read} returns 0.
   */
  void finish();

  @Override
  void close();
}
