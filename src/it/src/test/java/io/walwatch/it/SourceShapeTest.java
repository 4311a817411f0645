/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Small files and small methods, in every module: what is longer does more than one job. */
class SourceShapeTest {
  private static final int FILE_LIMIT_LINES = 300;
  private static final int METHOD_LIMIT_LINES = 60;

  @Test
  void shouldKeepFilesShort() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path source : sources()) {
      int lines = Files.readAllLines(source, UTF_8).size();
      if (lines > FILE_LIMIT_LINES) {
        tooLong.add(source + " has " + lines + " lines");
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void shouldKeepMethodsShort() throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<String> tooLong = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources()));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      for (CompilationUnitTree unit : task.parse()) {
        new MethodLengths(unit, positions, tooLong).scan(unit, null);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    Path root = Path.of(System.getProperty("walwatch.root"));
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> sources =
          all.filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !root.relativize(path).toString().contains("target/"))
              .toList();
      assertThat(sources).hasSizeGreaterThan(20);
      return sources;
    }
  }

  /** Measures methods by their bodies; a table of cases in an annotation is data. */
  private static final class MethodLengths extends TreeScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<String> tooLong;

    MethodLengths(CompilationUnitTree unit, SourcePositions positions, List<String> tooLong) {
      this.unit = unit;
      this.positions = positions;
      this.tooLong = tooLong;
    }

    @Override
    public Void visitMethod(MethodTree method, Void nothing) {
      if (method.getBody() == null) {
        return super.visitMethod(method, null);
      }
      LineMap lines = unit.getLineMap();
      long first = lines.getLineNumber(positions.getStartPosition(unit, method.getBody()));
      long last = lines.getLineNumber(positions.getEndPosition(unit, method.getBody()));
      if (last - first + 1 > METHOD_LIMIT_LINES) {
        tooLong.add(
            unit.getSourceFile().getName()
                + ":"
                + first
                + " "
                + method.getName()
                + " has "
                + (last - first + 1)
                + " lines");
      }
      return super.visitMethod(method, null);
    }
  }
}
