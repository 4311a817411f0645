/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.nio.file.Path;

/** Where the golden files are. */
final class Testdata {
  private Testdata() {}

  static Path path(String relative) {
    return Path.of(System.getProperty("walwatch.root", ".."), "testdata").resolve(relative);
  }
}
