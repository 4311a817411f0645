/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import io.walwatch.parse.Backup;
import io.walwatch.parse.BackupListParser;
import io.walwatch.parse.BackupListParserProvider;
import io.walwatch.parse.BackupListRequest;
import io.walwatch.parse.BackupSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** All that a parser hands over. */
final class Listed implements BackupSink {
  private static final Path SAMPLES =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");

  final List<Backup> backups = new ArrayList<>();
  final List<Double> space = new ArrayList<>();
  final List<String> volumes = new ArrayList<>();
  final List<String> walFiles = new ArrayList<>();
  long storedBytes;

  /** Reads samples as the outputs of a provider's commands. */
  static Listed samples(String provider, Map<String, String> options, String... files)
      throws IOException {
    List<byte[]> outputs = new ArrayList<>();
    for (String file : files) {
      outputs.add(Files.readAllBytes(SAMPLES.resolve(file)));
    }
    return read(provider, options, outputs);
  }

  static String sample(String file) throws IOException {
    return Files.readString(SAMPLES.resolve(file));
  }

  static Listed text(String provider, String output) throws IOException {
    return read(provider, Map.of(), List.of(output.getBytes(StandardCharsets.UTF_8)));
  }

  static Listed read(String provider, Map<String, String> options, List<byte[]> outputs)
      throws IOException {
    BackupListRequest request = new BackupListRequest(options, List.of());
    BackupListParser parser = provider(provider).create(request);
    Listed listed = new Listed();
    for (byte[] output : outputs) {
      try (InputStream in = new ByteArrayInputStream(output)) {
        parser.parse(in, listed);
      }
    }
    parser.end(listed);
    return listed;
  }

  static BackupListParserProvider provider(String name) {
    return ServiceLoader.load(BackupListParserProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void backup(Backup backup) {
    backups.add(backup);
  }

  @Override
  public void stored(long bytes) {
    storedBytes += bytes;
  }

  @Override
  public void walFile(String name) {
    walFiles.add(name);
  }

  @Override
  public void volume(String name) {
    volumes.add(name);
  }

  @Override
  public void spaceUsed(double ratio) {
    space.add(ratio);
  }
}
