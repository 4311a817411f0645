/* SPDX-License-Identifier: Apache-2.0 */
/** The packed agent as a process, and what it says. */
@NullMarked
package io.walwatch.it.agent;

import org.jspecify.annotations.NullMarked;
