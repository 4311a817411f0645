/* SPDX-License-Identifier: Apache-2.0 */
/** From lines to records, and who wrote them. */
@NullMarked
package io.walwatch.parse.framing;

import org.jspecify.annotations.NullMarked;
