/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code walwatch forget gap}: what was not archived holds the position back no longer. */
@Command(
    name = "gap",
    description = {
      "Forgets the gaps in a server's archive: segments that were skipped, vanished or never seen",
      "no longer hold walwatch_archive_contiguous_position_bytes back. Do this when you know that",
      "they are in the archive, or after a base backup that starts above them."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  sudo -u walwatch walwatch forget gap main",
      "  sudo -u walwatch walwatch forget gap 15/main --up-to 16/B374D848"
    })
final class ForgetGapCommand implements Callable<Integer> {
  private static final Pattern LSN = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

  @Spec private CommandSpec spec;
  @Mixin private AgentFlags flags;

  @Parameters(
      arity = "0..1",
      paramLabel = "SERVER",
      description = "Whose gaps (default: the only server's).")
  private @Nullable String server;

  @Option(
      names = "--up-to",
      paramLabel = "LSN",
      description = "Only gaps below this WAL position, such as 16/B374D848.")
  private @Nullable String upTo;

  ForgetGapCommand() {}

  @Override
  public Integer call() throws Exception {
    Path directory = flags.load().stateDirectory();
    long position = position();
    // Servers whose queue an agent with this state directory has watched.
    Set<String> known = ForgetCommand.known(directory, checkpoint -> checkpoint.at("queues"));
    String name = choose(known, directory);
    try {
      new ForgetRequests(directory).write(name, position);
    } catch (IOException e) {
      throw ForgetCommand.unwritable(directory, e);
    }
    ForgetCommand.asked(spec, name);
    return 0;
  }

  private long position() throws UsageException {
    if (upTo == null) {
      return Long.MAX_VALUE;
    }
    Matcher lsn = LSN.matcher(upTo);
    if (!lsn.matches()) {
      throw new UsageException(
          "--up-to " + upTo + " is no WAL position; they look like 16/B374D848");
    }
    return Long.parseLong(lsn.group(1), 16) << 32 | Long.parseLong(lsn.group(2), 16);
  }

  private String choose(Set<String> known, Path directory) throws UsageException {
    if (known.isEmpty()) {
      throw new UsageException(
          "no agent has watched an archive queue with the state directory "
              + directory
              + "; name the agent's own with --state-dir");
    }
    String names = String.join(", ", known);
    if (server == null && known.size() > 1) {
      throw new UsageException("which server's gaps? Name one of " + names);
    }
    String name = server == null ? known.iterator().next() : server;
    if (!known.contains(name)) {
      throw new UsageException("there is no server called " + name + "; known: " + names);
    }
    return name;
  }
}
