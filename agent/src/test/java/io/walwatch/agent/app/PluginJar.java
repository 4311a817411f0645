/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.files.DirectoryEntries;
import io.walwatch.parse.LogParserProvider;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Builds a plug-in as its author would: compiled against the parsers' jar, put into a jar. */
final class PluginJar {
  private PluginJar() {}

  /**
   * A plug-in with one parser.
   *
   * @param end what the parser does at the end of a file, in Java
   */
  static void write(Path jar, String name, String end) throws IOException, URISyntaxException {
    Path classes = Files.createTempDirectory(jar.getParent(), "classes");
    compile(source(name, end), classes);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("META-INF/services/" + LogParserProvider.class.getName()));
      out.write("sample.Sample\n".getBytes(StandardCharsets.UTF_8));
      for (Path type : DirectoryEntries.list(classes.resolve("sample"), "*.class")) {
        out.putNextEntry(new JarEntry("sample/" + type.getFileName()));
        out.write(Files.readAllBytes(type));
      }
    }
  }

  private static void compile(String source, Path classes) throws URISyntaxException {
    Path parsers =
        Path.of(
            LogParserProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-cp", parsers.toString(), "-d", classes.toString());
    if (!compiler.getTask(out, null, null, options, null, List.of(new Source(source))).call()) {
      throw new IllegalStateException(out.toString());
    }
  }

  private static String source(String name, String end) {
    String text =
        """
        package sample;
        import io.walwatch.parse.*;
        public final class Sample implements LogParserProvider {
          public String name() { return "NAME"; }
          public boolean isArchiver() { return true; }
          public boolean claims(String command) { return command.contains("sample"); }
          public LogParser create() { return new Parser(); }
          static final class Parser implements LogParser {
            public void accept(LogRecord record, EventSink sink) { BODY }
            public void end(EventSink sink) { BODY }
          }
        }
        """;
    return text.replace("NAME", name).replace("BODY", end);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///sample/Sample.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
