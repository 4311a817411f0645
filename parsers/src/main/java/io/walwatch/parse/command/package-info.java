/* SPDX-License-Identifier: Apache-2.0 */
/** Backups that an operator's own script lists. */
@NullMarked
package io.walwatch.parse.command;

import org.jspecify.annotations.NullMarked;
