/* SPDX-License-Identifier: Apache-2.0 */
/** Records that come by the real rsyslogd and the real journald. Needs both, and root. */
@NullMarked
package io.walwatch.it.logging;

import org.jspecify.annotations.NullMarked;
