/* SPDX-License-Identifier: Apache-2.0 */
/** What Barman says when archiving fails; it says nothing when it succeeds. */
@NullMarked
package io.walwatch.parse.barman;

import org.jspecify.annotations.NullMarked;
