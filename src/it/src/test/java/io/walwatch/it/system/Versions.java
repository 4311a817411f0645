/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import java.util.stream.Stream;

/** The versions of PostgreSQL that the build has fetched; profile {@code matrix} fetches more. */
final class Versions {
  private Versions() {}

  static Stream<String> all() {
    return Stream.of(System.getProperty("it.postgres.versions", "").split(","));
  }
}
