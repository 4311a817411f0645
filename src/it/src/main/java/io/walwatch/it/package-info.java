/* SPDX-License-Identifier: Apache-2.0 */
/** What the system tests, the demo and the benchmarks share: directories and waiting. */
@NullMarked
package io.walwatch.it;

import org.jspecify.annotations.NullMarked;
