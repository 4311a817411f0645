/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.agent.files.IoReason;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What operators ask the agent to forget: one small file in the state directory for each server,
 * job or failure, written by {@code walwatch forget}, and removed only when the agent has written
 * down that it was done. Doing it twice does no harm.
 */
final class ForgetRequests {
  /** The gaps of a server. */
  static final String GAP = "gap";

  /** A job that is not configured. */
  static final String JOB = "job";

  /** A kept failure with its evidence. */
  static final String FAILURE = "failure";

  private static final Logger logger = LogManager.getLogger(ForgetRequests.class);
  private static final String PREFIX = "forget-";

  private final Path directory;
  private final Map<String, Predicate<String>> forgetters;
  private final Set<Path> applied = new HashSet<>();

  /** Requests of servers' gaps only. */
  ForgetRequests(Path stateDirectory) {
    this(stateDirectory, Map.of());
  }

  /**
   * Requests of gaps, and of what is known by name.
   *
   * @param forgetters {@link #JOB} and {@link #FAILURE} with what forgets one by its name, and says
   *     whether there was one
   */
  ForgetRequests(Path stateDirectory, Map<String, Predicate<String>> forgetters) {
    this.directory = stateDirectory;
    this.forgetters = Map.copyOf(forgetters);
  }

  /**
   * Asks for the gaps of a server to be forgotten.
   *
   * @param positionBytes up to this WAL position; {@link Long#MAX_VALUE} for all
   */
  void write(String server, long positionBytes) throws IOException {
    write(requestOf(GAP, server), positionBytes + "\n");
  }

  /** Asks for a job or a failure to be forgotten. */
  void write(String kind, String name) throws IOException {
    write(requestOf(kind, name), "");
  }

  /** What is not whole yet has a name that is none of a request's. */
  private static void write(Path request, String text) throws IOException {
    Path temporary = request.resolveSibling("." + request.getFileName() + ".tmp");
    Files.writeString(temporary, text);
    // Root may ask; the agent, which is another user, has to read it.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(temporary, request, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Does what was asked, of gaps for these servers; returns whether there was anything. A queue
   * that was never read would bring its gaps back with the first look: what is asked of it waits.
   */
  boolean apply(Collection<WatchedServer> servers) {
    boolean any = false;
    for (WatchedServer server : servers) {
      Path request = requestOf(GAP, server.name());
      Optional<ArchiveQueue> queue = server.queue().filter(ArchiveQueue::isStarted);
      if (queue.isPresent() && !applied.contains(request) && Files.exists(request)) {
        apply(server.name(), queue.get(), request);
        any = true;
      }
    }
    for (Map.Entry<String, Predicate<String>> kind : forgetters.entrySet()) {
      any |= apply(kind.getKey(), kind.getValue());
    }
    return any;
  }

  private void apply(String server, ArchiveQueue queue, Path request) {
    applied.add(request);
    try {
      queue.forgetGaps(Long.parseLong(Files.readString(request).strip()));
      logger.info("{}: the gaps in its archive are forgotten, as asked", server);
    } catch (IOException | NumberFormatException e) {
      logger.warn("{}: {} is no request that can be read: {}", server, request, e.toString());
    }
  }

  private boolean apply(String kind, Predicate<String> forgetter) {
    int before = applied.size();
    String prefix = PREFIX + kind + "-";
    try {
      DirectoryEntries.visit(directory, prefix + "*", file -> apply(kind, prefix, file, forgetter));
    } catch (IOException e) {
      logger.debug("Whether anything is to be forgotten cannot be seen: {}", IoReason.withFile(e));
    }
    return applied.size() > before;
  }

  private void apply(String kind, String prefix, Path request, Predicate<String> forgetter) {
    if (!applied.add(request)) {
      return;
    }
    try {
      String encoded = request.getFileName().toString().substring(prefix.length());
      String name = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
      String done = forgetter.test(name) ? "is forgotten, as asked" : "is not known, or still used";
      logger.info("{} {} {}", kind, name, done);
    } catch (IllegalArgumentException e) {
      logger.warn("{} is no request that can be read: {}", request, e.toString());
    }
  }

  /** Everything that was applied is in the checkpoint now. */
  void kept() {
    for (Path request : Set.copyOf(applied)) {
      try {
        Files.delete(request);
        applied.remove(request);
      } catch (NoSuchFileException gone) {
        applied.remove(request);
      } catch (IOException e) {
        logger.debug("{} is done and cannot be removed: {}", request, IoReason.of(e));
      }
    }
  }

  private Path requestOf(String kind, String name) {
    return directory.resolve(PREFIX + kind + "-" + URLEncoder.encode(name, StandardCharsets.UTF_8));
  }
}
