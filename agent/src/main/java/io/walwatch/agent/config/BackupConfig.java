/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A set of backups or snapshots to be listed.
 *
 * @param name goes into the label {@code backup}
 * @param provider one that the {@link Catalog} knows; goes into the label {@code provider}
 * @param command program and arguments; empty: the provider's own
 * @param properties what only this provider has, such as {@code volume}, checked against it
 * @param every how often to look
 * @param timeout when to give up a look
 * @param byTimer whether {@code walwatch list} looks, from a timer under another user, and the
 *     agent only reads its result
 * @param server name of the PostgreSQL server whose backups these are; empty: of the only one
 */
public record BackupConfig(
    String name,
    String provider,
    List<String> command,
    Map<String, String> properties,
    Duration every,
    Duration timeout,
    boolean byTimer,
    Optional<String> server,
    Expectation expect) {
  public static final Duration DEFAULT_EVERY = Duration.ofMinutes(15);
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);

  public BackupConfig {
    command = List.copyOf(command);
    properties = Map.copyOf(properties);
  }

  /**
   * What ought to exist; for rules to compare with.
   *
   * @param every how often a new good one
   * @param minSizeBytes how large each at least
   * @param retention how old the oldest gets before it is expired
   */
  public record Expectation(
      Optional<Duration> every, OptionalLong minSizeBytes, Optional<Duration> retention) {
    public static final Expectation NONE =
        new Expectation(Optional.empty(), OptionalLong.empty(), Optional.empty());
  }
}
