/* SPDX-License-Identifier: Apache-2.0 */
/** Bytes to lines: streams, rotation, identity, positions. Knows files and lines, nothing else. */
@NullMarked
package io.walwatch.agent.tail;

import org.jspecify.annotations.NullMarked;
