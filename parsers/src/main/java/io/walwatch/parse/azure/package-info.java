/* SPDX-License-Identifier: Apache-2.0 */
/** Snapshots of Azure's managed disks. */
@NullMarked
package io.walwatch.parse.azure;

import org.jspecify.annotations.NullMarked;
