/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.jobs;

import io.walwatch.agent.evidence.Words;
import io.walwatch.agent.files.DirectoryEntries;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The directory where {@code walwatch run} leaves its records, one file for each of start, output
 * and end of a run. Any user may write there, nobody may list it but its owner, the agent; so
 * nothing in it is trusted: links are not followed, sizes and numbers are bounded, and each file is
 * moved to where only the agent may go before it is opened. Else its owner could put a pipe in its
 * place after it was looked at, whose opening never ends; Java cannot open without waiting.
 */
public final class JobSpool {
  /** What a file of the spool tells. */
  public enum Kind {
    START,
    OUT,
    END,
    REFUSED
  }

  /**
   * A run that has left files.
   *
   * @param id unique for ever; its files are called so
   */
  public record Run(String id, String job, Set<Kind> kinds) {
    public Run {
      kinds = Set.copyOf(kinds);
    }

    public boolean has(Kind kind) {
      return kinds.contains(kind);
    }
  }

  /** A listing; {@code left} counts the files above the limit. */
  public record Listing(SortedMap<String, Run> runs, long left) {}

  /** A run every nine seconds while the agent was down for a day; above, the rest waits. */
  static final int MOST_RUNS = 10_000;

  private static final int RECORD_BYTES = 16 * 1024;

  /** As much as the wrapper keeps. */
  public static final int OUTPUT_BYTES = 64 * 1024;

  /**
   * rwx-wx-wx, sticky, setgid: files belong to the agent's group, only their owner removes them.
   */
  private static final int MODE = 03733;

  private static final int WITHOUT_SETGID = 01733;

  /** A job's name has up to 63 characters; all but the first may be a slash, which takes three. */
  private static final Pattern NAME =
      Pattern.compile("(job,([A-Za-z0-9_][A-Za-z0-9_.%-]{0,186}),[0-9a-f-]{1,60})\\.([a-z]+)");

  private final Path directory;
  private final Path taken;

  public JobSpool(Path directory) {
    this.directory = directory;
    this.taken = directory.resolveSibling(directory.getFileName() + "-taken");
  }

  public Path directory() {
    return directory;
  }

  /** Makes the directory, reachable and writable for every user that runs jobs. */
  public void create() throws IOException {
    Files.createDirectories(directory);
    if (mode(directory) != MODE) {
      open();
    }
    letThrough(directory.getParent());
    Path spools = directory.getParent();
    letThrough(spools == null ? null : spools.getParent());
  }

  /**
   * A unit with RestrictSUIDSGID may set no setgid. Without it {@code walwatch run} makes its files
   * readable for all who know their names, which only the agent can list.
   */
  private void open() throws IOException {
    try {
      Files.setAttribute(directory, "unix:mode", MODE);
    } catch (FileSystemException ignored) {
      Files.setAttribute(directory, "unix:mode", WITHOUT_SETGID);
    }
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode") & 07777;
  }

  /** Others may pass, and see nothing on the way. */
  private static void letThrough(@org.jspecify.annotations.Nullable Path passage)
      throws IOException {
    if (passage != null) {
      int mode = mode(passage);
      if ((mode & 0011) != 0011) {
        Files.setAttribute(passage, "unix:mode", mode | 0011);
      }
    }
  }

  /** The runs that have left files, in the order of their names. */
  public Listing list() throws IOException {
    SortedMap<String, Run> runs = new TreeMap<>();
    AtomicLong left = new AtomicLong();
    if (!Files.isDirectory(taken)) {
      Files.createDirectory(
          taken,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    DirectoryEntries.visit(taken, "job,*", file -> add(runs, file, left));
    DirectoryEntries.visit(directory, "job,*", file -> add(runs, file, left));
    return new Listing(runs, left.get());
  }

  private static void add(SortedMap<String, Run> runs, Path file, AtomicLong left) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    Optional<Kind> kind = name.matches() ? kind(name.group(3)) : Optional.empty();
    if (kind.isEmpty()) {
      return;
    }
    if (runs.size() >= MOST_RUNS && !runs.containsKey(name.group(1))) {
      left.incrementAndGet();
    } else {
      add(runs, name.group(1), name.group(2).replace("%2F", "/"), kind.get());
    }
  }

  private static void add(SortedMap<String, Run> runs, String id, String job, Kind kind) {
    Run known = runs.get(id);
    EnumSet<Kind> kinds = EnumSet.of(kind);
    if (known != null) {
      kinds.addAll(known.kinds());
    }
    runs.put(id, new Run(id, job, kinds));
  }

  private static Optional<Kind> kind(String suffix) {
    return Arrays.stream(Kind.values()).filter(kind -> suffix(kind).equals(suffix)).findFirst();
  }

  private static String suffix(Kind kind) {
    return switch (kind) {
      case START -> "start";
      case OUT -> "out";
      case END -> "end";
      case REFUSED -> "refused";
    };
  }

  public JobStart start(Run run) throws IOException, MalformedRecordException {
    return JobStart.of(run.job(), Fields.parse(read(run, Kind.START, RECORD_BYTES)));
  }

  public JobEnd end(Run run) throws IOException, MalformedRecordException {
    return JobEnd.of(Fields.parse(read(run, Kind.END, RECORD_BYTES)));
  }

  /**
   * The end of a run's output; empty where none was kept. Where it may be cut it lacks its first
   * word, which may have lost its own beginning, by which a secret is known.
   */
  public String output(Run run) throws IOException, MalformedRecordException {
    try {
      byte[] output = bytes(run, Kind.OUT, OUTPUT_BYTES);
      String text = new String(output, StandardCharsets.UTF_8);
      return output.length < OUTPUT_BYTES ? text : Words.withoutFirst(text);
    } catch (NoSuchFileException none) {
      return "";
    }
  }

  private String read(Run run, Kind kind, int limitBytes)
      throws IOException, MalformedRecordException {
    return new String(bytes(run, kind, limitBytes), StandardCharsets.UTF_8);
  }

  private byte[] bytes(Run run, Kind kind, int limitBytes)
      throws IOException, MalformedRecordException {
    Path file = take(run, kind);
    try (InputStream input = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return input.readNBytes(limitBytes);
    }
  }

  /** Whoever moves it once more has to be the agent: what it is now, it stays. */
  private Path take(Run run, Kind kind) throws IOException, MalformedRecordException {
    Path own = file(taken, run, kind);
    if (!Files.exists(own, LinkOption.NOFOLLOW_LINKS)) {
      Path file = file(directory, run, kind);
      // Somebody's directory could not even be moved.
      refuseOthers(file);
      Files.move(file, own, StandardCopyOption.ATOMIC_MOVE);
    }
    refuseOthers(own);
    return own;
  }

  private static void refuseOthers(Path file) throws MalformedRecordException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedRecordException("it is no regular file");
    }
  }

  /** Removes what a run has left; what is gone already is no error. */
  public void remove(Run run) throws IOException {
    for (Kind kind : Kind.values()) {
      Files.deleteIfExists(file(taken, run, kind));
    }
    for (Kind kind : run.kinds()) {
      Files.deleteIfExists(file(directory, run, kind));
    }
  }

  private static Path file(Path directory, Run run, Kind kind) {
    return directory.resolve(run.id() + "." + suffix(kind));
  }
}
