/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.parse.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The last failures with their evidence, each a file of a directory that only the agent may enter:
 * four lines of head, an empty line, the evidence. All of it is masked before it is written.
 *
 * <p>One thread writes; any thread may read.
 */
public final class FailureStore {
  /**
   * What is kept; of the kind that has most what was kept first leaves, whatever time it is said to
   * have happened at: that is not ours to believe.
   */
  public static final int LIMIT = 100;

  private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}Z-[a-z_]{1,20}-[0-9a-f]{8}");

  /** With the empty line; the server's may be empty as well. */
  private static final int HEAD_LINES = 5;

  private static final String SUFFIX = ".failure";

  private static final Comparator<Failure> BY_TIME =
      Comparator.comparing(Failure::at).thenComparing(Failure::id);

  private final Path directory;
  private final Deque<String> idsAsKept = new ArrayDeque<>();
  private volatile List<Failure> kept = List.of();

  public FailureStore(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory and reads what is there. */
  public void open() throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    read();
  }

  /** Reads what is there. */
  public void read() throws IOException {
    List<Failure> found = new ArrayList<>();
    for (Path file : DirectoryEntries.list(directory, "*" + SUFFIX)) {
      String name = file.getFileName().toString();
      String id = name.substring(0, name.length() - SUFFIX.length());
      if (isId(id)) {
        head(id).ifPresent(found::add);
      }
    }
    found.sort(BY_TIME);
    kept = List.copyOf(found);
    rememberOrder(found);
  }

  private void rememberOrder(List<Failure> found) throws IOException {
    Map<String, FileTime> times = new HashMap<>();
    for (Failure failure : found) {
      times.put(failure.id(), Files.getLastModifiedTime(file(failure.id())));
    }
    idsAsKept.clear();
    found.stream()
        .map(Failure::id)
        .sorted(Comparator.comparing(times::get))
        .forEach(idsAsKept::addLast);
  }

  /** What is kept, in the order in which it happened. */
  public List<Failure> kept() {
    return kept;
  }

  /**
   * Keeps a failure, unless it is kept already.
   *
   * @param evidence unmasked
   */
  public void keep(Failure failure, String evidence) throws IOException {
    if (!isKept(failure.id())) {
      keepNewest(failure, evidence);
    }
  }

  /** Keeps a failure that goes on: in place of what was kept of it before. */
  public void keepNewest(Failure failure, String evidence) throws IOException {
    Failure masked =
        new Failure(
            failure.id(),
            failure.at(),
            failure.kind(),
            failure.server(),
            oneLine(failure.summary()));
    write(masked, Masking.mask(evidence));
    Map<String, Failure> all = new LinkedHashMap<>();
    kept.forEach(known -> all.put(known.id(), known));
    all.put(masked.id(), masked);
    idsAsKept.remove(masked.id());
    idsAsKept.addLast(masked.id());
    List<String> leaving = new ArrayList<>();
    while (idsAsKept.size() > LIMIT) {
      String id = FairShare.leaving(idsAsKept.stream().map(all::get).toList()).id();
      idsAsKept.remove(id);
      all.remove(id);
      leaving.add(id);
    }
    // Before files are deleted: one that cannot be is found again at the next start, and no sooner.
    kept = all.values().stream().sorted(BY_TIME).toList();
    for (String id : leaving) {
      Files.deleteIfExists(file(id));
    }
  }

  /** Whether a text may be a failure's ID, and so a file's name. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private boolean isKept(String id) {
    return kept.stream().anyMatch(known -> known.id().equals(id));
  }

  /**
   * Removes a failure with its evidence.
   *
   * @return whether it was kept
   */
  public boolean forget(String id) throws IOException {
    if (!isKept(id)) {
      return false;
    }
    Files.deleteIfExists(file(id));
    idsAsKept.remove(id);
    kept = kept.stream().filter(known -> !known.id().equals(id)).toList();
    return true;
  }

  /** Masked before it is cut: a half of a secret is not known for one. */
  private static String oneLine(String text) {
    return Texts.cut(Masking.mask(text.replaceAll("[\\p{Cntrl}\\x80-\\x9f]+", " ").strip()), 500);
  }

  private void write(Failure failure, String evidence) throws IOException {
    Path file = file(failure.id());
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    String text =
        String.join(
            "\n",
            failure.at().toString(),
            failure.kind().name(),
            failure.server(),
            failure.summary(),
            "",
            evidence);
    Files.writeString(temporary, Texts.whole(text));
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private Optional<Failure> head(String id) throws IOException {
    try (var lines = Files.newBufferedReader(file(id))) {
      String at = lines.readLine();
      String kind = lines.readLine();
      String server = lines.readLine();
      String summary = lines.readLine();
      if (at == null || kind == null || server == null || summary == null) {
        return Optional.empty();
      }
      return Optional.of(
          new Failure(id, Instant.parse(at), Failure.Kind.valueOf(kind), server, oneLine(summary)));
    } catch (DateTimeParseException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The evidence of a failure, masked and safe for a terminal; empty when it is not kept. */
  public Optional<String> evidence(String id) throws IOException {
    if (!isId(id)) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file(id));
      return Optional.of(
          text.lines().limit(HEAD_LINES).count() < HEAD_LINES ? "" : Controls.shown(body(text)));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private static String body(String text) {
    int start = 0;
    for (int line = 0; line < HEAD_LINES; line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return text.substring(start);
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }
}
