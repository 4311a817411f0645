/* SPDX-License-Identifier: Apache-2.0 */
/** Wiring, the loop, life cycle and commands. The only package that knows all others. */
@NullMarked
package io.walwatch.agent.app;

import org.jspecify.annotations.NullMarked;
