/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that the runbooks tell people to run: those in blocks, and those within a line. */
final class Runbooks {
  private static final Pattern WITHIN_A_LINE =
      Pattern.compile("`((?:walwatch|curl|systemctl|lv[a-z]+|az|pg_ctlcluster|touch|kill) [^`]+)`");
  private static final Pattern BLOCK = Pattern.compile("(?m)^```\n((?s:.*?))^```");

  private Runbooks() {}

  /**
   * A command without pipes.
   *
   * @param page where it stands
   * @param words without quotes, and without what only changes how it runs (sudo, timeout, envdir)
   */
  record Command(String page, List<String> words) {
    String program() {
      return words.get(0);
    }

    boolean begins(String... first) {
      return words.size() >= first.length && words.subList(0, first.length).equals(List.of(first));
    }

    @Override
    public String toString() {
      return page + ": " + String.join(" ", words);
    }
  }

  /** The text of each page. */
  static List<Path> pages() throws IOException {
    return Tool.files("runbooks", ".md");
  }

  /** Whole blocks, as somebody would paste them. */
  static List<String> blocks(Path page) throws IOException {
    return BLOCK.matcher(Files.readString(page)).results().map(block -> block.group(1)).toList();
  }

  /** All commands, of pipes and substitutions each for itself. */
  static List<Command> commands() throws IOException {
    List<Command> commands = new ArrayList<>();
    for (Path page : pages()) {
      String name = String.valueOf(page.getFileName());
      String text = Files.readString(page);
      for (String block : blocks(page)) {
        block.lines().forEach(line -> split(name, line, commands));
      }
      Matcher code = WITHIN_A_LINE.matcher(BLOCK.matcher(text).replaceAll(""));
      while (code.find()) {
        split(name, code.group(1).replaceAll("\\s+", " "), commands);
      }
    }
    return commands;
  }

  /** Cuts a line where the shell begins another command. */
  private static void split(String page, String line, List<Command> commands) {
    String rest = inner(page, line, commands);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean within = false;
    for (int i = 0; i <= rest.length(); i++) {
      char c = i == rest.length() ? '\n' : rest.charAt(i);
      if (quote != 0 ? c == quote : c == '\'' || c == '"') {
        quote = quote == 0 ? c : 0;
        within = true;
      } else if (quote == 0 && (Character.isWhitespace(c) || "|;&".indexOf(c) >= 0)) {
        if (within || word.length() > 0) {
          words.add(word.toString());
        }
        word.setLength(0);
        within = false;
        if (!Character.isWhitespace(c) || c == '\n') {
          add(page, words, commands);
          words.clear();
        }
      } else if (quote == 0 && c == '#' && word.length() == 0) {
        add(page, words, commands);
        return;
      } else {
        word.append(c);
      }
    }
  }

  /** Takes out what stands in substitutions, as commands of their own. */
  private static String inner(String page, String line, List<Command> commands) {
    Matcher substitution = Pattern.compile("[$<]\\(([^()]*)\\)").matcher(line);
    StringBuilder rest = new StringBuilder();
    while (substitution.find()) {
      split(page, substitution.group(1), commands);
      substitution.appendReplacement(rest, "SUBSTITUTED");
    }
    return substitution.appendTail(rest).toString();
  }

  private static void add(String page, List<String> all, List<Command> commands) {
    List<String> words = new ArrayList<>(all);
    while (!words.isEmpty() && words.get(0).matches("\\w+=.*")) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      return;
    }
    commands.add(new Command(page, List.copyOf(words)));
    switch (words.get(0)) {
      case "sudo" -> add(page, after(words, words.get(1).equals("-u") ? 3 : 1), commands);
      case "timeout", "envdir", "ssh" -> add(page, after(words, 2), commands);
      case "watch" -> split(page, words.get(words.size() - 1), commands);
      default -> {}
    }
  }

  private static List<String> after(List<String> words, int count) {
    return words.subList(count, words.size());
  }
}
