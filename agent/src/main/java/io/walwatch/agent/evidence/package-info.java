/* SPDX-License-Identifier: Apache-2.0 */
/** The evidence of failures: what was said around each, without secrets, the last hundred. */
@NullMarked
package io.walwatch.agent.evidence;

import org.jspecify.annotations.NullMarked;
