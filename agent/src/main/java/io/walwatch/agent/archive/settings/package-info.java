/* SPDX-License-Identifier: Apache-2.0 */
/** What a server's own files say about its settings, read without a login. */
@NullMarked
package io.walwatch.agent.archive.settings;

import org.jspecify.annotations.NullMarked;
