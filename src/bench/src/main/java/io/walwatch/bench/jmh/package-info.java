/* SPDX-License-Identifier: Apache-2.0 */
/** JMH benchmarks of the parts that see every byte. */
@NullMarked
package io.walwatch.bench.jmh;

import org.jspecify.annotations.NullMarked;
