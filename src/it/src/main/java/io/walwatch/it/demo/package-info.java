/* SPDX-License-Identifier: Apache-2.0 */
/** The demo: PostgreSQL, an archiver that fails now and then, and walwatch beside them. */
@NullMarked
package io.walwatch.it.demo;

import org.jspecify.annotations.NullMarked;
