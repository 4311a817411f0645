/* SPDX-License-Identifier: Apache-2.0 */
/** What is known. The only place that interprets events, and the only one that writes it down. */
@NullMarked
package io.walwatch.agent.state;

import org.jspecify.annotations.NullMarked;
