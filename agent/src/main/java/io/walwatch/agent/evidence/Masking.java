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

  /** What is called so is no secret, and neither are a key's path, number and type. */
  private static final String WORDS =
      "(?<!com|by|sur|tres|over|under|im)pass(?:word|wd|phrase|code)?|pwd|secret|token"
          + "|api[_-]?key|access[_-]?key(?![_-]?id)|account[_-]?key|shared[_-]?key|secret[_-]?key"
          + "|encryption[_-]?key|private[_-]?key|client[_-]?key|application[_-]?key(?![_-]?id)"
          + "|(?:storage|azure|customer|libsodium|pgp)[_-]?key(?![_-]?(?:path|id))"
          + "|repo[0-9]{1,3}[_-]s3[_-]key(?![_-]?type)"
          + "|credentials?|signature|authtoken|(?<![A-Za-z])sas";

  private static final String NAME =
      "(?:" + WORDS + ")(?![_-](?:encryption|count)(?![A-Za-z0-9]))(?:[_-][A-Za-z0-9]{1,20}){0,3}";

  /** What a message says of a password, and no password. */
  private static final String TOLD =
      "(?<=:\\s{1,3})(?:prompt|mismatch(?:ed)?|invalid|required|missing|expired|none|null|not|no"
          + "|yes|true|false|ok|incorrect|wrong|failed|denied)(?![^\\s.,;:!)\\]}\"'])";

  /** No secret either: a directory, an empty string, a count of what passed, a file's path. */
  private static final String OPEN =
      "(?<=(?<![A-Za-z0-9_-])(?-i:(?:OLD)?PWD)=)/"
          + "|(?:''|\"\")(?:[\\s,;)\\]}]|\\z)"
          + "|(?<=(?<![\\w.-])pass\\s{0,3}[=:]\\s{0,3})[0-9]{1,3}(?:[\\s,;.)]|\\z)"
          + "|/(?:etc|var|home|root|run|tmp|usr|opt|srv|mnt|dev)/"
          + "[\\w./-]{0,300}+(?:[\\s'\",;:)]|\\z)";

  /** Of Python (u'', b'') and of shells ($''), before a quote. */
  private static final String PREFIX = "(?:(?:[ubr]{1,2}|\\$)(?=['\"]))?";

  private static final String DOUBLED = doubled('\'') + "|" + doubled('"');

  private static final String QUOTED = quoted('\'') + "|" + quoted('"');

  /** As in a string that itself stands in quotes. */
  private static final String QUOTED_TWICE =
      "\\\\{1,3}[\"'][^\"'\\\\]{0,4000}+(?:\\\\{1,3}[\"']|\\z)";

  /** Up to a blank or a quote: any other character may be one of a password. */
  private static final String BARE =
      "(?![\\s'\"])[^\\s'\"\\\\]*+(?:\\\\[^\\n][^\\s'\"\\\\]*+){0,50}+";

  /** As shells join it to what stands before; a quote before a delimiter ends another string. */
  private static final String JOINED = "(?:" + joined('\'') + "|" + joined('"') + "){0,5}+";

  /** The quote that ends it was cut away. */
  private static final String UNENDED = "['\"]\\S*+";

  private static final String VALUE =
      PREFIX
          + "(?:"
          + DOUBLED
          + "|(?:"
          + QUOTED
          + ")[^\\s'\",;:(){}\\[\\]<>&|\\\\]*+|"
          + QUOTED_TWICE
          + "|"
          + UNENDED
          + "|(?=\\S)"
          + BARE
          + JOINED
          + ")";

  /** What stands between a command and its option. */
  private static final String ARGUMENTS = "\\b[^\\n|;]{0,500}?\\s";

  private static final List<Rule> RULES =
      List.of(
          Rule.of(
              "(?s)-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----.*?"
                  + "(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|\\z)",
              "***"),
          Rule.of(
              "(?<![A-Za-z0-9+/=\\\\])[A-Za-z0-9+/=\\\\]{16,}+(?=-----END [A-Z ]{0,40}PRIVATE KEY)",
              "***"),
          Rule.of(
              "(?i)\\b((?:authorization|(?:set-)?cookie)[\"']?\\s*[:=]\\s*+[\"']?+)(?!none\\b)"
                  + "[^\\n\"']++(?:(?<==)\"[^\\n\"]*+\"[^\\n\"']*+){0,20}+",
              "$1***"),
          Rule.of("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9+/=._~-]{12,}", "$1 ***"),
          Rule.of(
              "(?i)([?&;](?:sig|signature|x-amz-signature|x-goog-signature|key|auth)=)[^\\s&;\"']+",
              "$1***"),
          Rule.of("(?i)([?&][a-z_.-]{0,30}" + NAME + "=)[^\\s&\"']+", "$1***"),
          Rule.of("(?i)(?<![\\w.-])(sig=)[^\\s&;\"']{1,300}+(?=&s[a-z]{1,3}=)", "$1***"),
          Rule.of(
              "(?i)(%(?:25)?(?:26|3F)(?:sig|signature|x-amz-signature|x-goog-signature)%(?:25)?3D)"
                  + "[\\w+/=.~-]*+(?:%(?!(?:25)?26)[\\w+/=.~-]*+){0,50}+",
              "$1***"),
          Rule.of("(://[^\\s/:@\"']{0,100}:)[^\\s/\"']{0,300}@", "$1***@"),
          Rule.of("(://[^\\s/:@\"']{0,100}:)[^\\s\"']{0,300}@(?=[\\w.-]{1,100}[:/\\s])", "$1***@"),
          Rule.of(
              "(?i)("
                  + NAME
                  + "\\\\{0,3}[\"']?\\s{0,3}(?:=>|[=:])\\s{0,3})(?!"
                  + TOLD
                  + "|"
                  + OPEN
                  + ")(?!\\*\\*\\*(?:[\\s&\"']|\\z))"
                  + VALUE,
              "$1***"),
          Rule.of("(?i)(-[a-z-]{0,30}(?:" + WORDS + ")\\s{1,3})(?!-)" + VALUE, "$1***"),
          Rule.of(
              "(?i)\\b((?:password|identified by)\\s{1,9})(?:(?:[en]|u&)?"
                  + quoted('\'')
                  + "|\\$(?<tag>\\w{0,40})\\$[^\\u0000]{0,1000}?(?:\\$\\k<tag>\\$|\\z))",
              "$1'***'"),
          Rule.of(
              "(?i)(<[\\w:.-]{0,40}(?:" + WORDS + ")[\\w.-]{0,20}>)[^<]{1,4000}+(?=</)", "$1***"),
          Rule.of(
              "\\b((?:machine\\s{1,9}\\S{1,200}|default)\\s{1,9}login\\s{1,9}\\S{1,200}\\s{1,9}"
                  + "password\\s{1,9})\\S+",
              "$1***"),
          Rule.of(
              "(\\bcurl" + ARGUMENTS + "(?:-[A-Za-z#]{0,5}u\\s{0,3}|--user[\\s=]\\s{0,3}))" + VALUE,
              "$1***"),
          Rule.of(
              "(\\bcurl"
                  + ARGUMENTS
                  + "(?:-[A-Za-z#]{0,5}U\\s{0,3}|--proxy-user[\\s=]\\s{0,3}))"
                  + VALUE,
              "$1***"),
          Rule.of(
              "(\\b(?:mysql\\w{0,20}|mariadb(?:-\\w{1,20})?|mariabackup|xtrabackup)"
                  + ARGUMENTS
                  + "-p)"
                  + VALUE,
              "$1***"),
          Rule.of("(?i)(--oauth2-bearer[\\s=]\\s{0,3})" + VALUE, "$1***"),
          Rule.of(
              "(?i)\\b(secret access key(?:[ \\t]\\[[^\\]\\n]{0,60}\\])?[ \\t]{0,3}:[ \\t]{0,3})"
                  + "(?![\"']?none\\b)"
                  + VALUE,
              "$1***"),
          Rule.of(
              "(?i)(\\bconfigure\\s{1,3}set\\s{1,3}[\\w.-]{0,60}"
                  + "(?:secret_access_key|session_token)\\s{1,3})"
                  + VALUE,
              "$1***"),
          Rule.of("\\b(SharedKey(?:Lite)?\\s{1,3}[a-z0-9-]{3,40}:)[A-Za-z0-9+/=]{4,}+", "$1***"),
          Rule.of("(\\b7z[ar]?" + ARGUMENTS + "-p)" + VALUE, "$1***"),
          Rule.of("(\\b(?:un)?zip" + ARGUMENTS + "-P\\s{0,3})" + VALUE, "$1***"),
          Rule.of("(\\bredis-cli" + ARGUMENTS + "-a\\s{1,3})" + VALUE, "$1***"),
          Rule.of(
              "(\\bsshpass\\s{1,3}(?:-[ve]\\s{1,3}|-P\\s{0,3}\\S{1,100}\\s{1,3}){0,3}-p\\s{0,3})"
                  + VALUE,
              "$1***"),
          Rule.of("(?m)^([^\\s:#]+:(?:\\d{1,5}|\\*):[^\\s:]+:[^\\s:]+:)[^\\s:]+$", "$1***"),
          Rule.of(
              "\\b(A[KS]IA)[A-Z0-9]{16}([\"']?[\\s:,=]{1,3}[\"']?)"
                  + "[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])",
              "$1***$2***"),
          Rule.of("\\b(A[KS]IA)[A-Z0-9]{16}\\b", "$1***"),
          Rule.of("\\b(GOOG)[A-Z0-9]{20,}\\b", "$1***"),
          Rule.of(
              "\\b(ya29\\.|AIza|GOCSPX-"
                  + "|gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AGE-SECRET-KEY-1|hvs\\.)"
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

  /** With what is escaped by a backslash or, as in SQL, by another quote; it may span lines. */
  private static String quoted(char quote) {
    String plain = "[^" + quote + "\\\\]{0,4000}+";
    return quote
        + plain
        + "(?:(?:\\\\[^\\u0000]|"
        + quote
        + quote
        + ")"
        + plain
        + "){0,50}+(?:"
        + quote
        + "|\\z)";
  }

  /** As in a connection string that itself stands in a string of SQL. */
  private static String doubled(char quote) {
    String pair = "" + quote + quote;
    return pair + "(?=[^\\s'\",;)}\\]])[^" + quote + "\\n]{1,4000}+" + pair;
  }

  private static String joined(char quote) {
    String plain = "[^" + quote + "\\\\\\n]{0,4000}+";
    return quote
        + "(?=[^\\s'\",;:)\\]}>&|])"
        + plain
        + "(?:\\\\[^\\n]"
        + plain
        + "){0,50}+"
        + quote
        + "[^\\s'\"\\\\]{0,4000}+";
  }

  private Masking() {}

  /** What is looked for, in this order. */
  static List<Pattern> patterns() {
    return RULES.stream().map(Rule::pattern).toList();
  }

  /** The text without its secrets. */
  public static String mask(String text) {
    String masked = PrivateKeys.mask(text);
    for (Rule rule : RULES) {
      masked = rule.pattern().matcher(masked).replaceAll(rule.replacement());
    }
    return masked;
  }
}
