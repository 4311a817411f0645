/* SPDX-License-Identifier: Apache-2.0 */
/** What PostgreSQL's own messages say about archiving. */
@NullMarked
package io.walwatch.parse.postgres;

import org.jspecify.annotations.NullMarked;
