/* SPDX-License-Identifier: Apache-2.0 */
/** System tests: the packed agent, started as a user starts it, beside a world that misbehaves. */
@NullMarked
package io.walwatch.it.system;

import org.jspecify.annotations.NullMarked;
