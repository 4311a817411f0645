/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names servers that nobody named. */
public final class ServerNames {
  /** Where nothing tells more. */
  public static final String DEFAULT = "main";

  private static final Pattern VERSION = Pattern.compile("\\d{1,2}(\\.\\d)?");

  private ServerNames() {}

  /** Debian's {@code 15/main} and RHEL's {@code 15/data} by their place, else {@code main}. */
  public static String of(Path dataDirectory) {
    int count = dataDirectory.getNameCount();
    if (count < 2 || !isVersion(dataDirectory.getName(count - 2))) {
      return DEFAULT;
    }
    String name = dataDirectory.subpath(count - 2, count).toString();
    return Values.isName(name) ? name : DEFAULT;
  }

  /** Whether a name is a major version such as {@code 15} or {@code 9.6}. */
  public static boolean isVersion(Path name) {
    return VERSION.matcher(name.toString()).matches();
  }
}
