/* SPDX-License-Identifier: Apache-2.0 */
/** Backups and snapshots that exist: run a lister, parse what it prints, hand over the result. */
@NullMarked
package io.walwatch.agent.inventory;

import org.jspecify.annotations.NullMarked;
