/* SPDX-License-Identifier: Apache-2.0 */
/** Named cases of rotation, played to walwatch and to what people use instead. */
@NullMarked
package io.walwatch.it.rotation;

import org.jspecify.annotations.NullMarked;
