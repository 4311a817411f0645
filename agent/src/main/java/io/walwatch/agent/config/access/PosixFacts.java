/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The facts of this host's files. */
final class PosixFacts implements FileFacts.Reader {
  private static final int PERMISSIONS = 0777;

  @Override
  public Optional<FileFacts> read(Path path) {
    try {
      Map<String, Object> facts =
          Files.readAttributes(
              path,
              "unix:uid,gid,mode,owner,group,isDirectory,isSymbolicLink",
              LinkOption.NOFOLLOW_LINKS);
      Optional<Path> target =
          Boolean.TRUE.equals(facts.get("isSymbolicLink"))
              ? Optional.of(Files.readSymbolicLink(path))
              : Optional.empty();
      return Optional.of(
          new FileFacts(
              number(facts, "uid"),
              number(facts, "gid"),
              String.valueOf(facts.get("owner")),
              String.valueOf(facts.get("group")),
              (int) number(facts, "mode") & PERMISSIONS,
              Boolean.TRUE.equals(facts.get("isDirectory")),
              target));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException ignored) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, Object> facts, String name) {
    return facts.get(name) instanceof Number number ? number.longValue() : -1;
  }
}
