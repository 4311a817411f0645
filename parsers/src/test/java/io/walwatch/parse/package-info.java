/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the parsers against real logs; the expected counts are those of testdata's READMEs. */
@NullMarked
package io.walwatch.parse;

import org.jspecify.annotations.NullMarked;
