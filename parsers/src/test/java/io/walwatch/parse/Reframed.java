/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts a real stderr log into other framings, after the rules of the programs that write them; so
 * that one log is golden for all.
 */
final class Reframed {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "^2026-\\S+ \\S+ UTC \\[(\\d+)\\].*?(LOG|WARNING|ERROR|FATAL|PANIC|WARNUNG):  .*");
  private static final Pattern PART =
      Pattern.compile(
          "^2026-\\S+ \\S+ UTC \\[(\\d+)\\].*?(DETAIL|HINT|CONTEXT|STATEMENT|TIPP):  .*");
  private static final String ISO = "2026-11-22T09:06:37.476123456Z";
  private static final int SYSLOG_LIMIT = 900;

  private Reframed() {}

  static List<String> lines(byte[] log) {
    return new String(log, StandardCharsets.ISO_8859_1).lines().toList();
  }

  private static byte[] bytes(StringBuilder text) {
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The CRI of Kubernetes: lines longer than {@code pieceLength} in pieces. */
  static byte[] cri(byte[] log, int pieceLength) {
    StringBuilder out = new StringBuilder();
    int number = 0;
    for (String line : lines(log)) {
      int from = 0;
      for (; line.length() - from > pieceLength; from += pieceLength) {
        out.append(ISO).append(" stderr P ").append(line, from, from + pieceLength).append('\n');
        if (number++ % 5 == 0) {
          out.append(ISO).append(" stdout F some program's output in between\n");
        }
      }
      out.append(ISO).append(" stderr F ").append(line.substring(from)).append('\n');
    }
    return bytes(out);
  }

  /** Standard output of a unit: one entry a line; every other one with a binary field. */
  static byte[] journal(byte[] log) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int number = 0;
    for (String line : lines(log)) {
      field(out, "__CURSOR=s=1;i=" + number);
      field(out, "__REALTIME_TIMESTAMP=1795338397476123");
      if (number++ % 2 == 0) {
        field(out, "MESSAGE=" + line);
      } else {
        binaryField(out, "MESSAGE", line);
      }
      field(out, "_TRANSPORT=stdout");
      field(out, "_PID=1");
      field(out, "SYSLOG_IDENTIFIER=postgres");
      out.write('\n');
    }
    return out.toByteArray();
  }

  /** What came through /dev/log, one entry a message, as it lies in the journal. */
  static byte[] journalOfSyslog(byte[] rawMessages) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines(rawMessages)) {
      String message = line.substring(line.indexOf('>') + 1).replace("#012", "\n");
      field(out, "__REALTIME_TIMESTAMP=1795338397476123");
      field(out, "_TRANSPORT=syslog");
      binaryField(out, "MESSAGE", message);
      field(out, "_PID=4711");
      out.write('\n');
    }
    return out.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void binaryField(ByteArrayOutputStream out, String name, String value) {
    field(out, name);
    byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 8; i++) {
      out.write((int) ((long) bytes.length >>> (8 * i)) & 0xff);
    }
    out.writeBytes(bytes);
    out.write('\n');
  }

  /** The server's messages through syslog(3) and rsyslog, as elog.c cuts them into pieces. */
  static byte[] serverSyslog(byte[] log, String head, boolean sequence) {
    StringBuilder out = new StringBuilder();
    Map<String, Integer> sequences = new HashMap<>();
    String pid = "";
    int part = 0;
    for (String line : lines(log)) {
      Matcher message = MESSAGE.matcher(line);
      Matcher further = PART.matcher(line);
      if (message.matches()) {
        pid = message.group(1);
        sequences.merge(pid, 1, Integer::sum);
        part = 0;
      } else if (!further.matches() && !line.startsWith("\t")) {
        continue;
      }
      for (String piece : pieces(line)) {
        part++;
        out.append(head).append(" postgres[").append(pid).append("]: ");
        if (sequence) {
          out.append('[').append(sequences.get(pid)).append('-').append(part).append("] ");
        }
        out.append(piece.replace("\t", "#011")).append('\n');
      }
    }
    return bytes(out);
  }

  private static List<String> pieces(String line) {
    List<String> pieces = new ArrayList<>();
    String rest = line;
    while (rest.length() > SYSLOG_LIMIT) {
      int blank = rest.lastIndexOf(' ', SYSLOG_LIMIT);
      int end = blank > 0 ? blank : SYSLOG_LIMIT;
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    pieces.add(rest);
    return pieces;
  }

  /** Output of programs through {@code logger -t NAME}: each line its own message. */
  static byte[] logger(byte[] log, String tag) {
    StringBuilder out = new StringBuilder();
    for (String line : lines(log)) {
      out.append("Nov 22 09:06:37 vm ").append(tag).append(": ").append(line).append('\n');
    }
    return bytes(out);
  }

  /** rsyslog that does not escape what it receives: records have real line ends. */
  static byte[] rawNewlines(byte[] syslog) {
    return new String(syslog, StandardCharsets.ISO_8859_1)
        .replace("#012", "\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
