/* SPDX-License-Identifier: Apache-2.0 */
/** A process that writes an archiver's log, rotates it, and keeps a journal of what it wrote. */
@NullMarked
package io.walwatch.it.writer;

import org.jspecify.annotations.NullMarked;
