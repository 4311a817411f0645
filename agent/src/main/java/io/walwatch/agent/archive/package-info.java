/* SPDX-License-Identifier: Apache-2.0 */
/** The queue on disk and the server it belongs to: archive_status, pg_control, WAL arithmetic. */
@NullMarked
package io.walwatch.agent.archive;

import org.jspecify.annotations.NullMarked;
