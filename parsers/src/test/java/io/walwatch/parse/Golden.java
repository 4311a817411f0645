/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import io.walwatch.parse.framing.Framings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Reads the logs of testdata through whole pipelines. */
public final class Golden {
  private static final Path TESTDATA =
      Path.of(System.getProperty("walwatch.root", "..")).resolve("testdata");

  private Golden() {}

  /** The files of a folder whose names match, in the order of their names. */
  public static List<Path> files(String folder, String glob) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    try (Stream<Path> found = Files.list(TESTDATA.resolve(folder))) {
      List<Path> files = found.filter(f -> matcher.matches(f.getFileName())).sorted().toList();
      if (files.isEmpty()) {
        throw new IllegalStateException("no " + glob + " in " + folder);
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One file of testdata. */
  public static byte[] bytes(String file) {
    return bytes(TESTDATA.resolve(file));
  }

  /** One file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What all parsers find in the files that match, each read as a stream of its own. */
  public static Found read(String folder, String glob) {
    return read(folder, glob, PipelineOptions.DEFAULT);
  }

  /** What all parsers find in the files that match, each read as a stream of its own. */
  public static Found read(String folder, String glob, PipelineOptions options) {
    Found found = new Found();
    for (Path file : files(folder, glob)) {
      read(bytes(file), options, found);
    }
    return found;
  }

  /** What all parsers find in a text. */
  public static Found readText(String text, PipelineOptions options) {
    Found found = new Found();
    read(Ascii.bytes(text), options, found);
    return found;
  }

  /** What all parsers find in a text, with nothing known beforehand. */
  public static Found readText(String text) {
    return readText(text, PipelineOptions.DEFAULT);
  }

  /** Reads one stream to its end. */
  public static void read(byte[] bytes, PipelineOptions options, Found found) {
    LogPipeline pipeline = LogPipelines.create(options, providers(), found);
    LineSplitter splitter = new LineSplitter(pipeline::accept);
    splitter.accept(bytes, 0, bytes.length);
    splitter.end();
    pipeline.end();
  }

  /** How many messages the server's framing cuts out of a file of testdata. */
  public static int records(String file) {
    List<LogRecord.Kind> kinds = new ArrayList<>();
    LogParser counter =
        new LogParser() {
          @Override
          public void accept(LogRecord record, EventSink sink) {
            kinds.add(record.kind());
          }
        };
    Framer framer = Framings.create(PipelineOptions.DEFAULT);
    LogPipeline pipeline = new LogPipeline(framer, List.of(counter), new Found());
    LineSplitter splitter = new LineSplitter(pipeline::accept);
    byte[] bytes = bytes(file);
    splitter.accept(bytes, 0, bytes.length);
    splitter.end();
    pipeline.end();
    return kinds.size();
  }

  /** The parsers that are built in. */
  public static List<LogParserProvider> providers() {
    List<LogParserProvider> providers = new ArrayList<>();
    ServiceLoader.load(LogParserProvider.class).forEach(providers::add);
    return providers;
  }
}
