/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What runs here.
 *
 * @param revision of the source, or {@code unknown} outside a checkout
 */
public record BuildInfo(String version, String revision, String javaVersion) {
  private static final BuildInfo INSTANCE = read();

  public static BuildInfo get() {
    return INSTANCE;
  }

  private static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("/walwatch-build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BuildInfo(
        properties.getProperty("version", "unknown"),
        properties.getProperty("revision", "unknown"),
        Runtime.version().toString());
  }
}
