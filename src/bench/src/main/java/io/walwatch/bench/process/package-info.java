/* SPDX-License-Identifier: Apache-2.0 */
/** The packed agent measured from outside, as a process. */
@NullMarked
package io.walwatch.bench.process;

import org.jspecify.annotations.NullMarked;
