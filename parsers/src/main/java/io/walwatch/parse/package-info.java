/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Text to events. Pure: no files, no threads, no clock, no metrics.
 *
 * <p>Two questions are kept apart. <em>Framing</em>: which bytes make one record, and who wrote it
 * ({@link io.walwatch.parse.Framer}). <em>Meaning</em>: what the record says ({@link
 * io.walwatch.parse.LogParser}). Both are joined, one instance for each file, by {@link
 * io.walwatch.parse.LogPipeline}.
 */
@NullMarked
package io.walwatch.parse;

import org.jspecify.annotations.NullMarked;
