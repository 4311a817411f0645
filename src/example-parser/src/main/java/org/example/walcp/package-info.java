/* SPDX-License-Identifier: Apache-2.0 */
/** An example of a parser that comes as a plug-in. */
@NullMarked
package org.example.walcp;

import org.jspecify.annotations.NullMarked;
