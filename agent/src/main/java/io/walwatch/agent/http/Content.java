/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.metrics.PrometheusExposition;
import io.walwatch.agent.state.Snapshot;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server has to show.
 *
 * @param failures the evidence, for private clients
 * @param snapshots the newest snapshot, or null before there is one
 * @param scraped what a scrape gets: as before, but where the first look hangs, what was known
 *     before it
 * @param clock for people: how long ago
 */
public record Content(
    PrometheusExposition exposition,
    FailureStore failures,
    Supplier<? extends @Nullable Snapshot> snapshots,
    Supplier<? extends @Nullable Snapshot> scraped,
    InstantSource clock) {}
