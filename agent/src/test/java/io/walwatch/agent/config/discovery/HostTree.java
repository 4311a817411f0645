/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.access.AccessInspector;
import io.walwatch.agent.config.access.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** A host's file tree, laid out below a directory. The agent on it is a user without rights. */
final class HostTree {
  private final Path root;

  HostTree(Path root) {
    this.root = root;
  }

  Path path(String name) {
    return root.resolve(name.substring(1));
  }

  HostTree file(String name, String text) throws IOException {
    Files.createDirectories(path(name).getParent());
    Files.writeString(path(name), text);
    return this;
  }

  HostTree directory(String name) throws IOException {
    Files.createDirectories(path(name));
    return this;
  }

  HostTree mode(String name, String mode) throws IOException {
    Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(mode));
    return this;
  }

  AccessInspector access() {
    ProcessIdentity nobody = new ProcessIdentity("walwatch", 987_654, Set.of(987_654L), false);
    return AccessInspector.forProcess(nobody, root);
  }

  WatchPlan plan(AgentConfig config, Map<String, String> environment, Set<String> framings) {
    return new WatchPlanner(root, access(), environment, framings).plan(config);
  }
}
