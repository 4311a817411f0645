/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.ZoneSetting;
import io.walwatch.agent.state.SourceState;
import io.walwatch.agent.tail.InputLines;
import io.walwatch.parse.PipelineOptions;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code walwatch parse}: what walwatch sees in a log. */
@Command(
    name = "parse",
    description = "Prints one JSON line for each record that is recognised in a log.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  walwatch parse /var/log/postgresql/postgresql-15-main.log",
      "  walwatch parse --summary /var/log/postgresql/*.log.gz",
      "  journalctl -u postgresql@15-main -o cat | walwatch parse --rejected -"
    })
final class ParseCommand implements Callable<Integer> {
  private static final int BUFFER_BYTES = 64 * 1024;

  /** What a gzip file begins with (RFC 1952), whatever its name. */
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs, plain or gzip; - is stdin.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--rejected", description = "Also shows what was refused, and why.")
  private boolean rejected;

  @Option(names = "--summary", description = "Prints one JSON object with the counts only.")
  private boolean summary;

  @Option(
      names = "--framing",
      paramLabel = "NAME",
      description = "Which bytes make one record (default: found from the lines).")
  private @Nullable String framing;

  @Option(
      names = "--log-line-prefix",
      paramLabel = "PREFIX",
      description = "PostgreSQL's setting (default: learned from the lines).")
  private @Nullable String logLinePrefix;

  @Option(
      names = "--log-timezone",
      paramLabel = "ZONE",
      description = "PostgreSQL's setting (default: taken from the lines where without doubt).")
  private @Nullable String logTimezone;

  @Option(
      names = "--parser",
      paramLabel = "NAME",
      description = "Uses this parser only. Repeatable.")
  private List<String> parsers = new ArrayList<>();

  @Option(
      names = "--plugins",
      paramLabel = "DIR",
      defaultValue = "${env:WALWATCH_PLUGINS}",
      description = "Directory of plug-in jars (default: /usr/lib/walwatch/plugins).")
  private Path plugins = AgentConfig.DEFAULT.pluginDirectory();

  private final OutputStream out;

  ParseCommand() {
    this(standardOutput());
  }

  ParseCommand(OutputStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws Exception {
    KnownNames known = new KnownNames();
    PipelineOptions options = options(known);
    Plugins found = known.plugins(plugins);
    Authority authority = Authority.ofFiles(files);
    EventPrinter printer =
        new Repeats(
            summary ? new SummaryPrinter(out) : new LinePrinter(out, rejected),
            files.size(),
            file -> framing == null && authority.isOutranked(file));
    SourceState state = SourceState.unnamed();
    ParserWatch parsers = new ParserWatch(state, found.providers());
    List<String> unread = new ArrayList<>();
    try {
      for (String file : files) {
        try {
          read(file, options, parsers, state, printer);
        } catch (UsageException e) {
          unread.add(String.valueOf(e.getMessage()));
        }
      }
    } finally {
      printer.finish();
    }
    if (!unread.isEmpty()) {
      throw new UsageException(String.join("; ", unread));
    }
    return 0;
  }

  private void read(
      String file,
      PipelineOptions options,
      ParserWatch parsers,
      SourceState state,
      EventPrinter printer)
      throws UsageException {
    printer.source(file);
    try (InputStream in = new WhileWanted(open(file), printer)) {
      InputLines.read(
          in,
          file,
          AgentConfig.DEFAULT.limits().lineBytes(),
          name ->
              new PipelineHandler(() -> parsers.pipeline(Assembly.zoned(options, file), printer)),
          state);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new UsageException(file + ": no such file");
    } catch (AccessDeniedException e) {
      throw new UsageException(file + ": permission denied");
    } catch (IOException e) {
      throw new UsageException(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** Bytes, not characters: System.out would convert what is UTF-8 already. */
  private static OutputStream standardOutput() {
    return new FileOutputStream(FileDescriptor.out);
  }

  /** A file or standard input, as text. */
  static InputStream open(String file) throws IOException {
    InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file));
    BufferedInputStream buffered = new BufferedInputStream(in, BUFFER_BYTES);
    try {
      buffered.mark(GZIP.length);
      boolean compressed = Arrays.equals(buffered.readNBytes(GZIP.length), GZIP);
      buffered.reset();
      return compressed ? new GZIPInputStream(buffered, BUFFER_BYTES) : buffered;
    } catch (IOException e) {
      buffered.close();
      throw e;
    }
  }

  private PipelineOptions options(KnownNames known) throws UsageException {
    check("framing", framing == null ? Set.of() : Set.of(framing), known.framings());
    check("parser", Set.copyOf(parsers), known.parsers(plugins));
    return new PipelineOptions(framing, logLinePrefix, zone(), Set.copyOf(parsers), true);
  }

  private @Nullable ZoneId zone() throws UsageException {
    try {
      return logTimezone == null ? null : ZoneSetting.of(logTimezone);
    } catch (DateTimeException e) {
      throw new UsageException("--log-timezone " + logTimezone + " is no time zone");
    }
  }

  private static void check(String what, Set<String> given, Set<String> known)
      throws UsageException {
    for (String name : given) {
      if (!known.contains(name)) {
        throw new UsageException(
            "there is no " + what + " called " + name + "; known: " + String.join(", ", known));
      }
    }
  }
}
