/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What masking costs with text that somebody has made for it. */
final class MaskingCostTest {
  /** On a stack as small as the agent's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_",
        "password",
        "://a:",
        "curl ",
        "password '",
        "''",
        "a:1:",
        "eyJaaaaaaaa.",
        "-eyJ",
        "eyJaaaaaaaa-",
        "A1a",
        "password='\\\"",
        "password=''",
        "password=a\"b",
        "password=a\"b\"c\"",
        "password=''a''",
        "%26sig%3Da%25",
        "abcd\n",
        "abcd\n-----END PRIVATE KEY-----\n"
      })
  @Timeout(120)
  void shouldMasterHostileText(String piece) throws InterruptedException {
    String hostile = piece.repeat(64 * 1024 / piece.length());
    List<String> masked = new CopyOnWriteArrayList<>();
    Thread small = new Thread(null, () -> masked.add(Masking.mask(hostile)), "small", 256 * 1024);
    small.start();
    small.join();

    assertThat(masked).hasSize(1);
  }

  /** The steps are counted, not timed. A bounded look back or ahead doubles with the text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a_",
        "-",
        "-a",
        "password",
        "password='",
        "password \"",
        "-token 'a",
        "://a:",
        "://a:@",
        "://a:b@c",
        "curl ",
        "curl -u ",
        "curl -u '",
        "password '",
        "password ''",
        "''",
        "a:1:",
        "a:1:b:c:",
        "basic ",
        "bearer  ",
        "authorization ",
        "authorization:",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY",
        "PRIVATE KEY",
        "GOOG",
        "-GOOG",
        "AKIA",
        "ghp_",
        "-ghp_aaa",
        "-eyJ",
        "eyJaaaaaaaa-",
        "eyJaaaaaaaa.",
        "-eyJaaaaaaaa.",
        "eyJaaaaaaaa.aaaaaaaa",
        " eyJaaaaaaaa.aaaaaaaa",
        "A1a",
        "A1a=",
        "A1a+/ ",
        "password=a\"b",
        "password=a\"b\"c\"",
        "password=''a",
        "password=''a''",
        "password=u'",
        "password=a\\ ",
        "pass=1",
        "password=/etc/a",
        "pwd=/",
        "sig=",
        "sig=a&sv=",
        "%26sig%3D",
        "%26sig%3Da%25",
        "AKIAIOSFODNN7EXAMPLE:",
        "SharedKey a",
        "secret access key [",
        "configure set secret_access_key ",
        "7z -p",
        "zip -P ",
        "--oauth2-bearer ",
        "aB3\\n-----END PRIVATE",
        "password=\\\"",
        "password='\\",
        "password=\\'",
        "password=a\\",
        "password $$",
        "password $a$",
        "?password=&",
        "<password>",
        "<password",
        "cookie:",
        "cookie: =\"",
        "machine a login b ",
        "default login ",
        "mysql -p",
        "mysql-",
        "redis-cli -a ",
        "sshpass -P a ",
        "sshpass -",
        " ",
        "\n"
      })
  void shouldTakeTwiceTheStepsForTwiceTheText(String piece) {
    String text = piece.repeat(16 * 1024 / piece.length());

    for (Pattern pattern : Masking.patterns()) {
      long once = steps(pattern, text);
      assertThat(steps(pattern, text + text))
          .as("%s in %s", pattern, piece)
          .isLessThan(3 * once + 10_000);
    }
  }

  private static long steps(Pattern pattern, String text) {
    CountedText counted = new CountedText(text);
    Matcher matcher = pattern.matcher(counted);
    long found = 0;
    while (matcher.find()) {
      found++;
    }
    return counted.steps + found;
  }

  /** Counts how often a character is looked at. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private long steps;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      steps++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
