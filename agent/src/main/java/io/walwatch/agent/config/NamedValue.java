/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.yaml.InvalidValueException;
import java.util.Optional;

/**
 * An option in the form {@code [NAME=]VALUE}. What stands before the first {@code =} is a name if
 * it has the form of one, which begins with a letter or digit: {@code /srv/a=b} and {@code ./a=b}
 * are paths, and the path {@code a=b} is to be written in the latter way.
 */
record NamedValue(Optional<String> name, String value) {
  static NamedValue parse(String text) throws InvalidValueException {
    int equals = text.indexOf('=');
    boolean named = equals >= 0 && Values.isName(text.substring(0, equals));
    if (equals == 0) {
      throw new InvalidValueException("has no name before the =");
    }
    String value = named ? text.substring(equals + 1) : text;
    if (value.isBlank()) {
      throw new InvalidValueException(named ? "has nothing after the =" : "is empty");
    }
    return new NamedValue(named ? Optional.of(text.substring(0, equals)) : Optional.empty(), value);
  }
}
