/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/** The real disk, but with faults that root never meets. */
final class TestingDisk implements Disk {
  private final Disk disk = new LocalDisk();
  private LongSupplier clockMillis = disk::nowMillis;
  private final Set<FileKey> denied = new HashSet<>();
  private final Set<Path> broken = new HashSet<>();
  private int open;
  private int callsUntilMeanwhile = -1;
  private Runnable meanwhile = () -> {};
  private boolean failing;
  private long bornMillis = -1;

  /** All files seem to have been made at that time; 0 as where the file system does not tell. */
  void allBornAt(long millis) {
    bornMillis = millis;
  }

  /** The clock that files are stamped by. */
  void stampedBy(LongSupplier clock) {
    clockMillis = clock;
  }

  @Override
  public long nowMillis() {
    return clockMillis.getAsLong();
  }

  /** Does something in between: after so many calls more, just before the next one. */
  void afterCalls(int calls, Runnable action) {
    callsUntilMeanwhile = calls;
    meanwhile = action;
  }

  /** How many calls more come before what is to be done in between. */
  int callsLeft() {
    return callsUntilMeanwhile;
  }

  /** Whether what was to be done in between is still to come. */
  boolean isMeanwhileToCome() {
    return callsUntilMeanwhile >= 0;
  }

  /** As EIO of a disk that is well again at once: one call fails, after so many that do not. */
  void failOnceAfterCalls(int calls) {
    afterCalls(calls, () -> failing = true);
  }

  private void called() throws IOException {
    if (callsUntilMeanwhile >= 0 && callsUntilMeanwhile-- == 0) {
      meanwhile.run();
    }
    if (failing) {
      failing = false;
      throw new IOException("Input/output error");
    }
  }

  /** As chmod 000: whatever its name becomes. */
  void deny(Path path) throws IOException {
    denied.add(disk.stat(path).key());
  }

  void allow(Path path) throws IOException {
    denied.remove(disk.stat(path).key());
  }

  void allowAll() {
    denied.clear();
  }

  /** Reads of the file fail as those of a dying disk. */
  void breakReads(Path path) {
    broken.add(path);
  }

  void mend(Path path) {
    broken.remove(path);
  }

  /** Descriptors that are open now. */
  int open() {
    return open;
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    called();
    FileStat stat = disk.stat(path);
    return bornMillis < 0
        ? stat
        : new FileStat(
            stat.key(), stat.sizeBytes(), stat.modifiedMillis(), bornMillis, stat.regular());
  }

  @Override
  public boolean isLink(Path path) {
    return disk.isLink(path);
  }

  @Override
  public Path target(Path path) throws IOException {
    called();
    return disk.target(path);
  }

  @Override
  public LogFile open(Path path) throws IOException {
    called();
    if (denied.contains(disk.stat(path).key())) {
      throw new AccessDeniedException(path.toString());
    }
    LogFile file = disk.open(path);
    open++;
    return new TestingFile(path, file);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    called();
    if (denied.contains(disk.stat(directory).key())) {
      throw new AccessDeniedException(directory.toString());
    }
    return disk.list(directory);
  }

  private final class TestingFile implements LogFile {
    private final Path path;
    private final LogFile file;

    TestingFile(Path path, LogFile file) {
      this.path = path;
      this.file = file;
    }

    @Override
    public long sizeBytes() throws IOException {
      called();
      return file.sizeBytes();
    }

    @Override
    public boolean isSizeCertain() {
      return file.isSizeCertain();
    }

    @Override
    public int read(ByteBuffer into, long offsetBytes) throws IOException {
      called();
      if (broken.contains(path)) {
        throw new IOException("Input/output error");
      }
      return file.read(into, offsetBytes);
    }

    @Override
    public void close() throws IOException {
      open--;
      file.close();
    }
  }
}
