/* SPDX-License-Identifier: Apache-2.0 */
/** What every part that looks at directories needs, and knows nothing of any of them. */
@NullMarked
package io.walwatch.agent.files;

import org.jspecify.annotations.NullMarked;
