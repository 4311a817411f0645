/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A configured set of backups.
 *
 * @param name goes into the label {@code backup}
 * @param provider goes into the label {@code provider}
 * @param every how often to look
 * @param lister how to look
 * @param byTimer whether {@code walwatch list} looks, from a timer, and the agent reads the spool
 * @param server whose backups they are; empty where the host has one server only
 * @param expectedEvery how often a new good one ought to appear
 * @param expectedMinBytes how large each ought to be at least
 * @param expectedRetention how old the oldest good one ought to get
 */
public record BackupSet(
    String name,
    String provider,
    Duration every,
    Lister lister,
    boolean byTimer,
    Optional<String> server,
    Optional<Duration> expectedEvery,
    OptionalLong expectedMinBytes,
    Optional<Duration> expectedRetention) {}
