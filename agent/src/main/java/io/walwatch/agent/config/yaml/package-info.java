/* SPDX-License-Identifier: Apache-2.0 */
/** A YAML document as a tree whose every fault can be named by line, column, value and rule. */
@NullMarked
package io.walwatch.agent.config.yaml;

import org.jspecify.annotations.NullMarked;
