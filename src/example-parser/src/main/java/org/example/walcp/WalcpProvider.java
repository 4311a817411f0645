/* SPDX-License-Identifier: Apache-2.0 */
package org.example.walcp;

import io.walwatch.parse.ArchiverProvider;

/** Makes parsers for walcp; found through META-INF/services. */
public final class WalcpProvider extends ArchiverProvider {
  static final String NAME = "walcp";

  /** What archive_command runs is called like the archiver. */
  public WalcpProvider() {
    super(NAME, NAME, WalcpParser::new);
  }
}
