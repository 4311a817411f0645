/* SPDX-License-Identifier: Apache-2.0 */
/** Snapshots to Prometheus text. The only package that knows Micrometer. */
@NullMarked
package io.walwatch.agent.metrics;

import org.jspecify.annotations.NullMarked;
