/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of a server's last start, as {@code postmaster.opts} keeps it: the program, then
 * each argument in double quotes, without any escaping (PostgreSQL's CreateOptsFile).
 *
 * @param directory value of {@code -D}
 * @param settings values of {@code -c name=value} and {@code --name=value}
 */
record PostmasterOptions(Optional<String> directory, Map<String, String> settings) {
  static final PostmasterOptions NONE = new PostmasterOptions(Optional.empty(), Map.of());

  /** Options of PostmasterMain's getopt that take a value, 9.6 to 18. */
  private static final String WITH_VALUE = "BCcDdfhkNoprStW";

  PostmasterOptions {
    settings = Map.copyOf(settings);
  }

  static PostmasterOptions parse(String text) {
    String line = text.strip();
    int first = line.indexOf(" \"");
    if (first < 0 || !line.endsWith("\"") || line.length() < first + 3) {
      return NONE;
    }
    return read(List.of(line.substring(first + 2, line.length() - 1).split("\" \"", -1)));
  }

  private static PostmasterOptions read(List<String> arguments) {
    Reader reader = new Reader();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith("--")) {
        reader.setting(argument.substring(2));
        continue;
      }
      int letter = letterWithValue(argument);
      if (letter < 0) {
        continue;
      }
      boolean glued = letter + 1 < argument.length();
      if (!glued && i + 1 == arguments.size()) {
        break;
      }
      String value = glued ? argument.substring(letter + 1) : arguments.get(++i);
      reader.option(argument.charAt(letter), value);
    }
    return new PostmasterOptions(reader.directory, reader.settings);
  }

  /** Index of the letter whose value follows in a cluster of short options, or -1. */
  private static int letterWithValue(String argument) {
    if (!argument.startsWith("-")) {
      return -1;
    }
    for (int i = 1; i < argument.length(); i++) {
      if (WITH_VALUE.indexOf(argument.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static final class Reader {
    private final Map<String, String> settings = new LinkedHashMap<>();
    private Optional<String> directory = Optional.empty();

    void option(char letter, String value) {
      if (letter == 'D') {
        directory = Optional.of(value);
      } else if (letter == 'c') {
        setting(value);
      }
    }

    /** In names on the command line a dash stands for an underscore (ParseLongOption). */
    void setting(String assignment) {
      int equals = assignment.indexOf('=');
      if (equals > 0) {
        String name = assignment.substring(0, equals).replace('-', '_').toLowerCase(Locale.ROOT);
        settings.put(name, assignment.substring(equals + 1));
      }
    }
  }
}
