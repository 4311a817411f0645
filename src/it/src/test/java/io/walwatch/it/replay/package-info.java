/* SPDX-License-Identifier: Apache-2.0 */
/** What happened on real servers, done again at the speed at which it happened. */
@NullMarked
package io.walwatch.it.replay;

import org.jspecify.annotations.NullMarked;
