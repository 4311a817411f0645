/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.access.AccessDiagnosis;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What was found where a server may be.
 *
 * @param server its name if it is watched; empty: it is not
 * @param reason why it is not watched, or how it was found
 * @param access what hinders reading it; a server that is watched all the same shows up as soon as
 *     it can be read
 */
public record Finding(
    Optional<String> server, Path directory, String reason, Optional<AccessDiagnosis> access) {
  static Finding watched(
      String server, Path directory, String reason, Optional<AccessDiagnosis> access) {
    return new Finding(Optional.of(server), directory, reason, access);
  }

  static Finding passedOver(Path directory, String reason) {
    return new Finding(Optional.empty(), directory, reason, Optional.empty());
  }

  /** One line for an operator. */
  public String line() {
    String what = server.map(name -> "watching " + name + ": ").orElse("not watching ") + directory;
    return what
        + " ("
        + reason
        + ")"
        + access.map(diagnosis -> ", but " + diagnosis.line()).orElse("");
  }
}
