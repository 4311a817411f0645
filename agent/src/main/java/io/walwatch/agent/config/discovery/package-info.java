/* SPDX-License-Identifier: Apache-2.0 */
/** What there is to watch on this host: servers by their places, logs by the servers' settings. */
@NullMarked
package io.walwatch.agent.config.discovery;

import org.jspecify.annotations.NullMarked;
