/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of what framings are made of. */
@NullMarked
package io.walwatch.parse.framing;

import org.jspecify.annotations.NullMarked;
