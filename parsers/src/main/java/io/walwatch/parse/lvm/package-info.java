/* SPDX-License-Identifier: Apache-2.0 */
/** Snapshots of logical volumes. */
@NullMarked
package io.walwatch.parse.lvm;

import org.jspecify.annotations.NullMarked;
