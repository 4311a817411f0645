/* SPDX-License-Identifier: Apache-2.0 */
/** Routes. The only package that knows Undertow. */
@NullMarked
package io.walwatch.agent.http;

import org.jspecify.annotations.NullMarked;
