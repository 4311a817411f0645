/* SPDX-License-Identifier: Apache-2.0 */
/** What WAL-G says when it pushes and fetches WAL. */
@NullMarked
package io.walwatch.parse.walg;

import org.jspecify.annotations.NullMarked;
