/* SPDX-License-Identifier: Apache-2.0 */
/** What operators install from {@code deploy}, in a real Prometheus and a real Alertmanager. */
@NullMarked
package io.walwatch.it.prometheus;

import org.jspecify.annotations.NullMarked;
