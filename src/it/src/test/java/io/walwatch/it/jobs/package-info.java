/* SPDX-License-Identifier: Apache-2.0 */
/** {@code walwatch run} under dash, with real processes. */
@NullMarked
package io.walwatch.it.jobs;

import org.jspecify.annotations.NullMarked;
