/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.parse.listing.Excerpt;
import org.junit.jupiter.api.Test;

/** U+1F600 takes two of Java's characters. */
final class TextsTest {
  private static final String FACE = "\uD83D\uDE00";

  @Test
  void shouldCutBeforeACharacterThatDoesNotFit() {
    assertThat(Texts.cut("ab" + FACE, 3)).isEqualTo("ab…");
    assertThat(Texts.cut("ab" + FACE + "c", 4)).isEqualTo("ab" + FACE + "…");
    assertThat(Texts.cut("ab" + FACE, 4)).isEqualTo("ab" + FACE);
    assertThat(Texts.cut("abc", 0)).isEqualTo("…");
  }

  @Test
  void shouldReplaceHalvesOfCharactersOnly() {
    assertThat(Texts.whole("a" + FACE + "b")).isEqualTo("a" + FACE + "b");
    assertThat(Texts.whole("a\uD83Db\uDE00c")).isEqualTo("a\uFFFDb\uFFFDc");
    assertThat(Texts.whole("\uD83D")).isEqualTo("\uFFFD");
  }

  @Test
  void shouldCutWholeWords() {
    assertThat(Texts.cutWords("one two", 7)).isEqualTo("one two");
    assertThat(Texts.cutWords("one two", 6)).isEqualTo("one…");
    assertThat(Texts.cutWords("one two", 3)).isEqualTo("one…");
    assertThat(Texts.cutWords("one two", 2)).isEqualTo("…");
  }

  @Test
  void shouldQuoteNoHalfOfACharacter() {
    assertThat(Excerpt.of("x".repeat(59) + FACE + "y")).isEqualTo("…");
    assertThat(Excerpt.of("\n" + FACE + "\uD83D")).isEqualTo("?" + FACE + "\uFFFD");
  }
}
