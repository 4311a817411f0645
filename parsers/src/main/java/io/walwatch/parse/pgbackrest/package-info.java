/* SPDX-License-Identifier: Apache-2.0 */
/** What pgBackRest says when it pushes and fetches WAL. */
@NullMarked
package io.walwatch.parse.pgbackrest;

import org.jspecify.annotations.NullMarked;
