/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.access;

import io.walwatch.agent.config.access.AccessDiagnosis.Purpose;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Walks to a path as the kernel does and finds the first permission bits that are in the way.
 * Immutable; any thread.
 */
public final class AccessInspector {
  private static final int READ = 4;
  private static final int SEARCH = 1;

  /** The kernel's MAXSYMLINKS. */
  private static final int MAX_LINKS = 40;

  private final ProcessIdentity identity;
  private final FileFacts.Reader files;
  private final Path root;
  private final boolean asKernel;

  private AccessInspector(
      ProcessIdentity identity, FileFacts.Reader files, Path root, boolean asKernel) {
    this.identity = identity;
    this.files = files;
    this.root = root;
    this.asKernel = asKernel;
  }

  /** For this process; where the kernel lets it in, in whatever way, nothing is wrong. */
  public static AccessInspector forThisProcess() {
    return new AccessInspector(ProcessIdentity.current(), new PosixFacts(), Path.of("/"), true);
  }

  /**
   * For another process, by permission bits alone.
   *
   * @param root it and the directories above it are taken as open
   */
  public static AccessInspector forProcess(ProcessIdentity identity, Path root) {
    return new AccessInspector(identity, new PosixFacts(), root, false);
  }

  /** With files that need not exist. */
  static AccessInspector of(ProcessIdentity identity, FileFacts.Reader files) {
    return new AccessInspector(identity, files, Path.of("/"), false);
  }

  /** What hinders reading the file or listing the directory; empty where nothing does. */
  public Optional<AccessDiagnosis> diagnose(Path path, Purpose purpose) {
    Path absolute = path.toAbsolutePath().normalize();
    if (asKernel && purpose == Purpose.DATA_DIRECTORY && Files.isRegularFile(absolute)) {
      return Optional.of(noDirectory(absolute));
    }
    if (asKernel && Files.isReadable(absolute) && searchable(absolute)) {
      return Optional.empty();
    }
    Optional<AccessDiagnosis> found = walk(absolute, absolute, purpose, MAX_LINKS);
    return asKernel && found.isEmpty() ? Optional.of(unexplained(absolute)) : found;
  }

  private static boolean searchable(Path path) {
    return !Files.isDirectory(path) || Files.isExecutable(path);
  }

  private Optional<AccessDiagnosis> walk(Path asked, Path path, Purpose purpose, int linksLeft) {
    int from = path.startsWith(root) ? root.getNameCount() + 1 : 1;
    for (int i = from; i <= path.getNameCount(); i++) {
      Path current = path.getRoot().resolve(path.subpath(0, i));
      Optional<FileFacts> facts = files.read(current);
      if (facts.isEmpty()) {
        String missing = current + " does not exist";
        return Optional.of(new AccessDiagnosis(asked, current, missing, Mends.ofMissing(purpose)));
      }
      Optional<Path> target = facts.get().linkTarget();
      if (target.isPresent()) {
        Path aim = current.resolveSibling(target.get()).resolve(current.relativize(path));
        return linksLeft == 0
            ? Optional.of(endless(asked, current))
            : walk(asked, aim.normalize(), purpose, linksLeft - 1);
      }
      int needed = needed(facts.get(), i == path.getNameCount());
      if (!identity.may(facts.get(), needed)) {
        return Optional.of(blocked(asked, current, facts.get(), needed, purpose));
      }
    }
    return Optional.empty();
  }

  private static AccessDiagnosis endless(Path asked, Path link) {
    String problem = asked + " leads through more than " + MAX_LINKS + " symbolic links";
    return new AccessDiagnosis(
        asked, link, problem, List.of("look whether " + link + " leads back to itself"));
  }

  private static AccessDiagnosis noDirectory(Path path) {
    return new AccessDiagnosis(
        path, path, path + " is a file", List.of("name the directory in which it lies"));
  }

  private static int needed(FileFacts facts, boolean last) {
    if (!last) {
      return SEARCH;
    }
    return facts.directory() ? READ | SEARCH : READ;
  }

  private AccessDiagnosis blocked(
      Path asked, Path blocking, FileFacts facts, int needed, Purpose purpose) {
    String through = asked.equals(blocking) ? "" : ", on the way to " + asked;
    String problem =
        "user "
            + identity.user()
            + " cannot "
            + (needed == SEARCH ? "enter " : "read ")
            + blocking
            + " ("
            + facts.listing()
            + ")"
            + through;
    return new AccessDiagnosis(
        asked, blocking, problem, Mends.of(blocking, facts, needed, identity, purpose));
  }

  private AccessDiagnosis unexplained(Path path) {
    return new AccessDiagnosis(
        path,
        path,
        "user " + identity.user() + " cannot read " + path + " although its permissions allow it",
        List.of("look for an ACL, SELinux, AppArmor, or ProtectHome= and the like of the service"));
  }
}
