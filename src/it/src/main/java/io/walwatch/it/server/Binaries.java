/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL programs of more than one version. The build puts the jars of Maven Central, named by
 * their version, into one directory; each is unpacked beside it when first asked for.
 */
public final class Binaries {
  private static final String PROGRAMS = "postgres-linux-x86_64.txz";
  private static final int OWNER_MAY_EXECUTE = 0100;

  private Binaries() {}

  /** The directory with {@code bin}, {@code lib} and {@code share} of a version. */
  public static synchronized Path of(String version) throws IOException {
    Path jars = Path.of(System.getProperty("it.postgres.jars", "target/postgres-jars"));
    Path home = jars.resolveSibling("postgres-" + version).toAbsolutePath();
    if (!Files.exists(home.resolve("complete"))) {
      unpack(jars.resolve(version + ".jar"), home);
      Files.createFile(home.resolve("complete"));
    }
    return home;
  }

  private static void unpack(Path jar, Path home) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toString())) {
      ZipEntry programs = zip.getEntry(PROGRAMS);
      if (programs == null) {
        throw new IOException(jar + " holds no " + PROGRAMS);
      }
      try (InputStream raw = new BufferedInputStream(zip.getInputStream(programs));
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(raw))) {
        TarArchiveEntry entry = tar.getNextEntry();
        while (entry != null) {
          unpack(entry, tar, home);
          entry = tar.getNextEntry();
        }
      }
    }
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path home)
      throws IOException {
    Path path = home.resolve(entry.getName()).normalize();
    if (!path.startsWith(home)) {
      throw new IOException("outside of its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.resolveSibling(""));
    Files.deleteIfExists(path);
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(content, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    if ((mode & OWNER_MAY_EXECUTE) != 0) {
      permissions.add(PosixFilePermission.OWNER_EXECUTE);
      permissions.add(PosixFilePermission.GROUP_EXECUTE);
      permissions.add(PosixFilePermission.OTHERS_EXECUTE);
    }
    return permissions;
  }
}
