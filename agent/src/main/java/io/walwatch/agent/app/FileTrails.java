/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.evidence.FileTrail;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trails of the files that are read, so that one knows the file before it and the one beside
 * it. Loop's thread only.
 *
 * <p>With csvlog or jsonlog PostgreSQL's collector still writes what the archive command says into
 * a plain file of the same name, without or with {@code .log} (syslogger.c, logfile_getname).
 */
final class FileTrails {
  /** The one that was opened first leaves: evidence has fewer lines then. */
  private static final int LIMIT = 256;

  private final Map<String, FileTrail> byPath = bounded();
  private final Map<String, FileTrail> byLog = bounded();

  private static Map<String, FileTrail> bounded() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, FileTrail> eldest) {
        return size() > LIMIT;
      }
    };
  }

  /** Of a file that begins, or is gone on with. */
  FileTrail open(String path) {
    String log = ParserMemories.logOf(path);
    FileTrail trail = new FileTrail(Path.of(path), byLog.remove(log), () -> beside(path));
    byPath.remove(path);
    byPath.put(path, trail);
    byLog.put(log, trail);
    return trail;
  }

  private @Nullable FileTrail beside(String path) {
    String plain = path.replaceFirst("\\.(csv|json)$", "");
    if (plain.equals(path)) {
      return null;
    }
    FileTrail raw = byPath.get(plain + ".log");
    return raw == null ? byPath.get(plain) : raw;
  }
}
