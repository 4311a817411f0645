/* SPDX-License-Identifier: Apache-2.0 */
/** An archiver that stores, fails and keeps a journal, for tests. */
@NullMarked
package io.walwatch.it.archiver;

import org.jspecify.annotations.NullMarked;
