/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.inventory.Listing;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One set of backups, at one moment. Immutable.
 *
 * @param server name of the server whose backups they are, where the configuration says so
 * @param intervalSeconds how often it is looked at
 * @param expectedIntervalSeconds how often a new good one ought to appear
 * @param expectedRetentionSeconds how old the oldest good one ought to get
 * @param listing what the last look that worked has found
 * @param worked whether the last look worked; empty before the first
 * @param foundNothing whether the last look showed an empty list; empty before the first
 * @param workedStartMillis when the last look that worked began; empty where an older checkpoint
 *     does not say
 * @param workedMillis when the last look that worked ended
 * @param durationSeconds how long the last look took
 * @param problem what is wrong with the last look; empty when it worked
 */
public record InventorySnapshot(
    String name,
    String provider,
    Optional<String> server,
    long intervalSeconds,
    Optional<Long> expectedIntervalSeconds,
    OptionalLong expectedMinBytes,
    Optional<Long> expectedRetentionSeconds,
    Optional<Listing> listing,
    Optional<Boolean> worked,
    Optional<Boolean> foundNothing,
    OptionalLong workedStartMillis,
    OptionalLong workedMillis,
    Optional<Double> durationSeconds,
    String problem) {}
