/* SPDX-License-Identifier: Apache-2.0 */
/** What WAL-E's records say. */
@NullMarked
package io.walwatch.parse.wale;

import org.jspecify.annotations.NullMarked;
