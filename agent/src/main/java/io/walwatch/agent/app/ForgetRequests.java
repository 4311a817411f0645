/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.archive.ArchiveQueue;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What operators ask the agent to forget: one small file in the state directory for each server,
 * written by {@code walwatch forget gap}, and removed only when the agent has written down that it
 * was done. Doing it twice does no harm.
 */
final class ForgetRequests {
  private static final Logger logger = LogManager.getLogger(ForgetRequests.class);

  private final Path directory;
  private final Set<Path> applied = new HashSet<>();

  ForgetRequests(Path stateDirectory) {
    this.directory = stateDirectory;
  }

  /**
   * Asks for the gaps of a server to be forgotten.
   *
   * @param positionBytes up to this WAL position; {@link Long#MAX_VALUE} for all
   */
  void write(String server, long positionBytes) throws IOException {
    Path request = requestOf(server);
    Path temporary = request.resolveSibling(request.getFileName() + ".tmp");
    Files.writeString(temporary, positionBytes + "\n");
    // Root may ask; the agent, which is another user, has to read it.
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
    Files.move(temporary, request, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Does what was asked of these servers; returns whether there was anything. A queue that was
   * never read would bring its gaps back with the first look: what is asked of it waits.
   */
  boolean apply(Collection<WatchedServer> servers) {
    boolean any = false;
    for (WatchedServer server : servers) {
      Path request = requestOf(server.name());
      Optional<ArchiveQueue> queue = server.queue().filter(ArchiveQueue::isStarted);
      if (queue.isPresent() && !applied.contains(request) && Files.exists(request)) {
        apply(server.name(), queue.get(), request);
        any = true;
      }
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

  /** Everything that was applied is in the checkpoint now. */
  void kept() {
    for (Path request : Set.copyOf(applied)) {
      try {
        Files.delete(request);
        applied.remove(request);
      } catch (NoSuchFileException gone) {
        applied.remove(request);
      } catch (IOException e) {
        logger.debug("{} is done and cannot be removed: {}", request, e.toString());
      }
    }
  }

  private Path requestOf(String server) {
    return directory.resolve("forget-gap-" + URLEncoder.encode(server, StandardCharsets.UTF_8));
  }
}
