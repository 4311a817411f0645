/* SPDX-License-Identifier: Apache-2.0 */
/** What it costs to list a large store in S3. */
@NullMarked
package io.walwatch.bench.store;

import org.jspecify.annotations.NullMarked;
