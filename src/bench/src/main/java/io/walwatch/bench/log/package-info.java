/* SPDX-License-Identifier: Apache-2.0 */
/** PostgreSQL logs made for measuring. */
@NullMarked
package io.walwatch.bench.log;

import org.jspecify.annotations.NullMarked;
