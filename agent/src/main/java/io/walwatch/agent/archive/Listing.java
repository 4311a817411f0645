/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What archive_status held at one moment: sorted keys of its {@code .ready} and {@code .done}. */
final class Listing {
  private final Keys ready = new Keys();
  private final Keys done = new Keys();

  private Listing() {}

  /** Reads the directory. Names that are not PostgreSQL's are left out. */
  static Listing of(Path directory, FileKeys keys) throws IOException {
    Listing listing = new Listing();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Path name = entry.getFileName();
        if (name != null) {
          listing.add(name.toString(), keys);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    listing.ready.sort();
    listing.done.sort();
    return listing;
  }

  private void add(String name, FileKeys keys) {
    if (StatusName.READY.matches(name)) {
      ready.add(StatusName.READY.key(name, keys));
    } else if (StatusName.DONE.matches(name)) {
      done.add(StatusName.DONE.key(name, keys));
    }
  }

  Keys ready() {
    return ready;
  }

  Keys done() {
    return done;
  }

  /** A sorted list of keys. */
  static final class Keys {
    private long[] keys = new long[64];
    private int size;

    private void add(long key) {
      if (key == SegmentKey.NONE) {
        return;
      }
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, 2 * size);
      }
      keys[size++] = key;
    }

    private void sort() {
      Arrays.sort(keys, 0, size);
    }

    int size() {
      return size;
    }

    long at(int index) {
      return keys[index];
    }

    boolean contains(long key) {
      return Arrays.binarySearch(keys, 0, size, key) >= 0;
    }
  }
}
