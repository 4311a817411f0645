/* SPDX-License-Identifier: Apache-2.0 */
/** What {@code walwatch run} leaves in the spool: read, judged, cleared away. */
@NullMarked
package io.walwatch.agent.jobs;

import org.jspecify.annotations.NullMarked;
