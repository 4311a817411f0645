/* SPDX-License-Identifier: Apache-2.0 */
/** What operators install from {@code deploy}, held to what the agent really exposes. */
@NullMarked
package io.walwatch.agent.deploy;

import org.jspecify.annotations.NullMarked;
