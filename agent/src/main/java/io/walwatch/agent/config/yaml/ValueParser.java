/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.yaml;

/** Reads the text of one value. */
@FunctionalInterface
public interface ValueParser<T> {
  T parse(String text) throws InvalidValueException;
}
