/* SPDX-License-Identifier: Apache-2.0 */
package org.example.walcp;

import io.walwatch.parse.LogParser;
import io.walwatch.parse.LogParserProvider;

/** Makes parsers for walcp; found through META-INF/services. */
public final class WalcpProvider implements LogParserProvider {
  static final String NAME = "walcp";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isArchiver() {
    return true;
  }

  @Override
  public boolean claims(String command) {
    return command.startsWith("walcp ") || command.contains("/walcp ");
  }

  @Override
  public LogParser create() {
    return new WalcpParser();
  }
}
