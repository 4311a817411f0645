/* SPDX-License-Identifier: Apache-2.0 */
/** Real backup tools beside a real server: what walwatch shows is what they say themselves. */
@NullMarked
package io.walwatch.it.tools;

import org.jspecify.annotations.NullMarked;
