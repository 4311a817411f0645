/* SPDX-License-Identifier: Apache-2.0 */
@NullMarked
package io.walwatch.parse.listing;

import org.jspecify.annotations.NullMarked;
