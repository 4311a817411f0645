/* SPDX-License-Identifier: Apache-2.0 */
/** What the parsers of backup listings share: lines, JSON, times. */
@NullMarked
package io.walwatch.parse.listing;

import org.jspecify.annotations.NullMarked;
