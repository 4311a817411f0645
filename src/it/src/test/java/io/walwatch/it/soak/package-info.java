/* SPDX-License-Identifier: Apache-2.0 */
/** Minutes beside logs that rotate and flood: what it takes stays what it is. */
@NullMarked
package io.walwatch.it.soak;

import org.jspecify.annotations.NullMarked;
