/* SPDX-License-Identifier: Apache-2.0 */
/** Ends without notice, again and again. */
@NullMarked
package io.walwatch.it.crash;

import org.jspecify.annotations.NullMarked;
