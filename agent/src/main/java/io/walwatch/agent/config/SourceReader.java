/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.SourceInput.Transport;
import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code sources} of the configuration file. */
final class SourceReader {
  private static final List<String> INPUTS = List.of("files", "syslog", "journal", "stdin");

  private final Path directory;
  private final Set<String> servers;
  private final Set<String> framings;
  private final Set<String> parsers;
  private final Set<String> names = new HashSet<>();
  private boolean stdinTaken;

  SourceReader(
      Path directory, List<ServerConfig> servers, Set<String> framings, Set<String> parsers) {
    this.directory = directory;
    this.servers = servers.stream().map(ServerConfig::name).collect(Collectors.toSet());
    this.framings = framings;
    this.parsers = parsers;
  }

  List<SourceConfig> read(YamlMapping root) {
    return root.mappings("sources").stream().flatMap(source -> source(source).stream()).toList();
  }

  private Optional<SourceConfig> source(YamlMapping source) {
    Optional<String> name = ConfigFileReader.uniqueName(source, names, "sources");
    Optional<String> server = server(source);
    Optional<SourceInput> input = input(source);
    Optional<List<String>> chosen =
        source.scalars("parsers", Values.oneOf(parsers, "parser that was found"));
    SourceConfig config =
        new SourceConfig(
            name.orElse(""),
            server,
            input.orElse(new SourceInput.Stdin()),
            chosen.map(Set::copyOf).orElse(Set.of()),
            source.scalar("framing", Values.oneOf(framings, "framing")),
            source.scalar("log_line_prefix", text -> text),
            source.scalar("log_timezone", Values::zone));
    source.refuseUnknownKeys();
    return name.flatMap(n -> input).map(i -> config);
  }

  /** With servers found on the host their names are not known here. */
  private Optional<String> server(YamlMapping source) {
    if (servers.isEmpty()) {
      return source.scalar("server", Values::name);
    }
    if (servers.size() > 1) {
      return source.required("server", Values.oneOf(servers, "configured server"));
    }
    return source.scalar("server", Values.oneOf(servers, "configured server"));
  }

  private Optional<SourceInput> input(YamlMapping source) {
    List<String> given = INPUTS.stream().filter(source::has).toList();
    Optional<SourceInput> files =
        source.oneOrMore("files", Values.glob(directory)).map(SourceInput.Files::new);
    Optional<SourceInput> syslog = source.scalar("syslog", SourceReader::syslog);
    Optional<SourceInput> journal = source.mapping("journal").flatMap(SourceReader::journal);
    Optional<SourceInput> stdin =
        source.scalar("stdin", Values::flag).flatMap(on -> stdin(source, on));
    if (given.size() != 1) {
      source.refuse(
          "needs exactly one of files, syslog, journal and stdin: " + given.size() + " are given");
    }
    return files.or(() -> syslog).or(() -> journal).or(() -> stdin);
  }

  private Optional<SourceInput> stdin(YamlMapping source, boolean on) {
    if (!on) {
      source.refuse("stdin", "says nothing: write true, or another input");
    } else if (stdinTaken) {
      source.refuse("stdin", "is taken by another source");
    }
    stdinTaken = true;
    return Optional.of(new SourceInput.Stdin());
  }

  private static Optional<SourceInput> journal(YamlMapping journal) {
    Optional<String> unit = journal.required("unit", Values::text);
    journal.refuseUnknownKeys();
    return unit.map(SourceInput.Journal::new);
  }

  private static SourceInput syslog(String text) throws InvalidValueException {
    for (Transport transport : Transport.values()) {
      String scheme = transport == Transport.UDP ? "udp://" : "tcp://";
      if (text.startsWith(scheme)) {
        ListenAddress address = ListenAddress.parse(text.substring(scheme.length()));
        if (address.isOpenToOthers()) {
          throw new InvalidValueException(
              "is not on the loopback address: anybody could send records; write for example "
                  + scheme
                  + "127.0.0.1:"
                  + address.port());
        }
        return new SourceInput.Syslog(transport, address);
      }
    }
    throw new InvalidValueException(
        "is not udp://ADDRESS:PORT or tcp://ADDRESS:PORT, such as udp://127.0.0.1:10514");
  }
}
