/* SPDX-License-Identifier: Apache-2.0 */
/** YAML and flags to records, and the discovery of local servers. */
@NullMarked
package io.walwatch.agent.config;

import org.jspecify.annotations.NullMarked;
