/* SPDX-License-Identifier: Apache-2.0 */
/** Real PostgreSQL from Maven Central's binaries. */
@NullMarked
package io.walwatch.it.server;

import org.jspecify.annotations.NullMarked;
