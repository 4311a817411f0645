/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of text: by their name (password, token, AccountKey), by their place (a URL's
 * user, a header), or by their own shape (keys of AWS, Google, GitHub, a private key). Names stay,
 * so that the text still tells what happened.
 *
 * <p>The text is hostile: anybody may write into a log. Repetitions are bounded or of single
 * characters, since Java's patterns recurse for each repetition of a group; and an unbounded one
 * begins where none of its own characters stands before it, or the time would grow with the square
 * of the length.
 */
public final class Masking {
  /** What to find, and what stays of it. */
  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String regex, String replacement) {
      return new Rule(Pattern.compile(regex), replacement);
    }
  }

  private static final String WORDS =
      "pass(?:word|wd|phrase|code)?|pwd|secret|token|api[_-]?key|access[_-]?key(?![_-]?id)"
          + "|account[_-]?key|shared[_-]?key|secret[_-]?key|encryption[_-]?key|private[_-]?key"
          + "|client[_-]?key|(?:storage|azure|customer|libsodium)[_-]?key(?![_-]?path)|credentials?|signature|authtoken|(?<![A-Za-z])sas";

  private static final String VALUE = "(?:'[^'\\n]*'|\"[^\"\\n]*\"|[^\\s&;,'\"(){}\\[\\]]+)";

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)",
              "***"),
          Rule.of("(?i)\\b(authorization[\"']?\\s*[:=]\\s*[\"']?)[^\\n\"']+", "$1***"),
          Rule.of("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{12,}", "$1 ***"),
          Rule.of(
              "(?i)([?&;](?:sig|signature|x-amz-signature|x-goog-signature|key|auth)=)[^\\s&;\"']+",
              "$1***"),
          Rule.of("(://[^\\s/:@\"']{0,100}:)[^\\s/\"']{0,300}@", "$1***@"),
          Rule.of("(://[^\\s/:@\"']{0,100}:)[^\\s\"']{0,300}@(?=[\\w.-]{1,100}[:/\\s])", "$1***@"),
          Rule.of(
              "(?i)((?:"
                  + WORDS
                  + ")(?:[_-][A-Za-z0-9]{1,20}){0,3}[\"']?\\s{0,3}(?:=>|[=:])\\s{0,3})"
                  + VALUE,
              "$1***"),
          Rule.of("(?i)(-[a-z-]{0,30}(?:" + WORDS + ")\\s{1,3})(?!-)" + VALUE, "$1***"),
          Rule.of(
              "(?i)\\b((?:password|identified by)\\s+)'[^'\\n]{0,300}(?:''[^'\\n]{0,300}){0,20}'",
              "$1'***'"),
          Rule.of("(\\bcurl\\b[^\\n]{0,500}?\\s(?:-u|--user)\\s+)" + VALUE, "$1***"),
          Rule.of("(?m)^([^\\s:#]+:(?:\\d{1,5}|\\*):[^\\s:]+:[^\\s:]+:)[^\\s:]+$", "$1***"),
          Rule.of("\\b(A[KS]IA)[A-Z0-9]{16}\\b", "$1***"),
          Rule.of("\\b(GOOG)[A-Z0-9]{20,}\\b", "$1***"),
          Rule.of(
              "\\b(ya29\\.|AIza|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AGE-SECRET-KEY-1|hvs\\.)"
                  + "[A-Za-z0-9._-]{12,}",
              "$1***"),
          Rule.of(
              "(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]{8,}+\\.[A-Za-z0-9_-]*+",
              "***"),
          Rule.of("(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{86}==(?![A-Za-z0-9+/=])", "***"),
          Rule.of(
              "(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z])"
                  + "(?=[A-Za-z0-9+/]*[0-9])(?!/)[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=_.-])",
              "***"));

  private Masking() {}

  /** What is looked for, in this order. */
  static List<Pattern> patterns() {
    return RULES.stream().map(Rule::pattern).toList();
  }

  /** The text without its secrets. */
  public static String mask(String text) {
    String masked = text;
    for (Rule rule : RULES) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
    }
    return masked;
  }
}
