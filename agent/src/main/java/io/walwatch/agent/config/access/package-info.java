/* SPDX-License-Identifier: Apache-2.0 */
/** Why a path cannot be read, and what would mend it. */
@NullMarked
package io.walwatch.agent.config.access;

import org.jspecify.annotations.NullMarked;
