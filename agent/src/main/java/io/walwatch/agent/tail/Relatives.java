/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import io.walwatch.agent.files.IoReason;
import io.walwatch.agent.tail.Siblings.Sibling;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds generations that no path of ours leads to any more, among the files beside the path they
 * had: under their rotated name, as a copy, or compressed.
 *
 * <p>Nobody waits for us meanwhile: between the listing and the opening of a file a chain of
 * renames may give every name to another one. When a name leads elsewhere by then, all is looked at
 * again.
 */
final class Relatives {
  /** More would only be needed where renames never pause. */
  private static final int MAX_LOOKS = 8;

  private final Tailing tailing;
  private final Siblings siblings;

  Relatives(Tailing tailing) {
    this.tailing = tailing;
    this.siblings = new Siblings(tailing.disk());
  }

  /** What directories held is not true any more. */
  void forget() {
    siblings.forget();
  }

  /** Says whether a file is the one that is looked for. */
  @FunctionalInterface
  interface Check {
    boolean test(FileStat stat, LogFile file) throws IOException;
  }

  /** A file beside a path, open. */
  record Relative(Path path, FileStat stat, LogFile file) {}

  /**
   * Finds the file that a position belongs to.
   *
   * @param taken files that are known to be others
   * @return the file, or null if there is none
   * @throws IOException if that cannot be said now, since something could not be read
   */
  @Nullable Relative find(FilePosition position, Set<FileKey> taken) throws IOException {
    Path path = Path.of(position.path());
    Predicate<Sibling> rotation = siblings.rotationsOf(path);
    return first(
        path,
        taken,
        // An inode alone says too little of a file with a name that says nothing.
        sibling ->
            position.mayBe(sibling.stat(), rotation.test(sibling))
                && (rotation.test(sibling) || !position.isUnread()),
        // A copy that has grown since begins as the file itself does.
        Comparator.comparing(sibling -> !position.is(sibling.stat().key())),
        (stat, file) -> position.continuesIn(file, tailing.buffer()));
  }

  /**
   * Finds the copy of a generation that then lost its bytes in place.
   *
   * @return the copy, or null if there is none
   * @throws IOException if that cannot be said now, since something could not be read
   */
  @Nullable Relative copyOf(Generation generation, Set<FileKey> taken) throws IOException {
    return first(
        generation.path(),
        taken,
        siblings.rotationsOf(generation.path()),
        Comparator.comparing(Sibling::isGzip),
        (stat, file) -> generation.print().isIn(file, generation.offset(), tailing.buffer()));
  }

  /**
   * Finds the generations that came and went between two looks, oldest first.
   *
   * @param path where they must have been
   * @param sinceMillis when the last generation known there was written, as far as known
   * @param taken files that are known already
   * @param fresh whether a file is not known already under another name
   * @param unreadable receives those of which that cannot be said now
   */
  List<Relative> successors(
      Path path,
      long sinceMillis,
      Supplier<Set<FileKey>> taken,
      Check fresh,
      Consumer<FileStat> unreadable)
      throws IOException {
    return untilNothingMoves(
        lastLook -> {
          List<FileStat> closed = new ArrayList<>();
          List<Relative> successors =
              openAll(candidates(path, sinceMillis, taken), fresh, closed::add, lastLook);
          closed.forEach(unreadable);
          successors.sort(Comparator.comparing(r -> r.stat.modifiedMillis()));
          return successors;
        });
  }

  private List<Sibling> candidates(Path path, long sinceMillis, Supplier<Set<FileKey>> taken)
      throws IOException {
    List<Sibling> candidates = siblings.beside(path, Set.of());
    candidates.removeIf(siblings.rotationsOf(path).negate());
    candidates.removeIf(s -> s.stat().modifiedMillis() < sinceMillis);
    if (!candidates.isEmpty()) {
      Set<FileKey> others = taken.get();
      candidates.removeIf(s -> others.contains(s.stat().key()));
    }
    // While a file is being compressed it is there twice.
    List<Sibling> all = List.copyOf(candidates);
    candidates.removeIf(s -> all.stream().anyMatch(s::isCompressionOf));
    return candidates;
  }

  private List<Relative> openAll(
      List<Sibling> candidates, Check fresh, Consumer<FileStat> unreadable, boolean lastLook)
      throws IOException {
    List<Relative> opened = new ArrayList<>();
    for (Sibling sibling : candidates) {
      try {
        LogFile file = openIf(sibling, fresh);
        if (file != null) {
          opened.add(new Relative(sibling.path(), sibling.stat(), file));
        }
      } catch (MovedException e) {
        if (!lastLook) {
          closeAll(opened);
          throw e;
        }
        unreadable.accept(sibling.stat());
      } catch (IOException ignored) {
        // Told where it was tried.
        unreadable.accept(sibling.stat());
      }
    }
    return opened;
  }

  private static void closeAll(List<Relative> opened) throws IOException {
    for (Relative relative : opened) {
      relative.file.close();
    }
  }

  private @Nullable Relative first(
      Path path,
      Set<FileKey> taken,
      Predicate<Sibling> candidate,
      Comparator<Sibling> order,
      Check check)
      throws IOException {
    return untilNothingMoves(
        lastLook -> {
          List<Sibling> candidates = siblings.beside(path, taken);
          candidates.removeIf(candidate.negate());
          candidates.sort(order);
          return first(candidates, check, lastLook);
        });
  }

  private @Nullable Relative first(List<Sibling> candidates, Check check, boolean lastLook)
      throws IOException {
    IOException failure = null;
    for (Sibling sibling : candidates) {
      try {
        LogFile file = openIf(sibling, check);
        if (file != null) {
          return new Relative(sibling.path(), sibling.stat(), file);
        }
      } catch (MovedException e) {
        if (!lastLook) {
          throw e;
        }
        failure = e;
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  /** Looks again, as long as names lead elsewhere once they are followed. */
  private <T extends @Nullable Object> T untilNothingMoves(Look<T> look) throws IOException {
    for (int number = 1; number < MAX_LOOKS; number++) {
      try {
        return look.take(false);
      } catch (MovedException ignored) {
        forget();
      }
    }
    return look.take(true);
  }

  private @Nullable LogFile openIf(Sibling sibling, Check check) throws IOException {
    String name = sibling.path().toString();
    try {
      LogFile file = test(sibling, check);
      tailing.troubles().worked(name);
      return file;
    } catch (NoSuchFileException e) {
      throw new MovedException(name);
    } catch (MovedException e) {
      throw e;
    } catch (IOException e) {
      tailing.troubles().missing(name, IoReason.of(e), false);
      throw e;
    }
  }

  private @Nullable LogFile test(Sibling sibling, Check check) throws IOException {
    LogFile file = tailing.disk().open(sibling.path());
    boolean wanted = false;
    try {
      FileKey key = sibling.stat().key();
      if (!tailing.disk().stat(sibling.path()).key().equals(key)) {
        throw new MovedException(sibling.path().toString());
      }
      wanted = check.test(sibling.stat(), file);
      return wanted ? file : null;
    } finally {
      if (!wanted) {
        file.close();
      }
    }
  }

  /** One look at files that may move meanwhile; the last one takes them as they are. */
  @FunctionalInterface
  private interface Look<T extends @Nullable Object> {
    T take(boolean last) throws IOException;
  }

  /** A name leads to another file than it did a moment before, or to none. */
  private static final class MovedException extends IOException {
    private static final long serialVersionUID = 1;

    MovedException(String path) {
      super(path + " leads elsewhere by now");
    }
  }
}
