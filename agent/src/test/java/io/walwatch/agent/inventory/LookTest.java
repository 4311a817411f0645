/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long a look took, whichever way it went. */
final class LookTest {
  private final AtomicLong millis = new AtomicLong(1_000_000);
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());

  @Test
  void shouldMeasureALookThatWorked() throws InterruptedException {
    Look look =
        Look.take(
            () -> {
              millis.addAndGet(2_500);
              return new Tally(InstantSource.system()).listing();
            },
            clock);

    assertThat(look.durationSeconds()).isEqualTo(2.5);
    assertThat(look.finishedMillis()).isEqualTo(1_002_500);
  }

  @Test
  void shouldSayWhatAStoreWithoutBackupsHolds() throws ListingException {
    Tally tally = new Tally(InstantSource.system());
    assertThat(Look.found(1, 2, tally.listing()).problem()).startsWith("the list is empty");
    tally.walListed();
    tally.stored(4_000);
    tally.walFile("000000010000000100000002");

    assertThat(Look.found(1, 2, tally.listing()).problem())
        .isEqualTo(
            "no backup is listed: the store holds 4000 bytes with WAL up to 1/3000000, and no base"
                + " backup");
  }

  @Test
  void shouldQuoteNoHalfOfACharacter() {
    Look look = Look.failed(1, 2, "no", "first\n" + "x".repeat(299) + "\uD83D\uDE00\n\n");

    assertThat(look.lastOutputLine()).isEqualTo("x".repeat(299) + "…");
  }

  @Test
  void shouldMaskTheLastLineBeforeItIsCut() {
    String url = "postgres://backup:Sup3rS3cretPasswordThatIsLong@db.example.com/x";
    Look look = Look.failed(1, 2, "no", "y".repeat(270) + " " + url);

    assertThat(look.lastOutputLine())
        .startsWith("y".repeat(270) + " postgres://backup:***@")
        .doesNotContain("Sup3r");
  }

  @Test
  void shouldShowNoSecretInWhatIsWrong() {
    String problem = "the output holds no JSON; it begins with \"password=hunter2\"";

    assertThat(Look.failed(1, 2, problem, "").problem())
        .contains("password=***")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldTellOfAnyErrorOfAPlugin() throws InterruptedException {
    Look look =
        Look.take(
            () -> {
              throw new Error("plain");
            },
            clock);

    assertThat(look.problem()).contains("the parser failed").contains("plain");
  }

  @Test
  void shouldNotTakeTheMachinesFaultForAPlugins() {
    assertThatThrownBy(
            () ->
                Look.take(
                    () -> {
                      throw new OutOfMemoryError("no memory");
                    },
                    clock))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void shouldTellOfAPluginsErrorAsOfItsException() throws InterruptedException {
    Look look =
        Look.take(
            () -> {
              throw new NoClassDefFoundError("org/example/Gone");
            },
            clock);

    assertThat(look.problem()).contains("the parser failed").contains("org/example/Gone");
  }

  @Test
  void shouldMeasureALookThatFailed() throws InterruptedException {
    Look look =
        Look.take(
            () -> {
              millis.addAndGet(500);
              throw new ListingException("no");
            },
            clock);

    assertThat(look.durationSeconds()).isEqualTo(0.5);
    assertThat(look.problem()).isEqualTo("no");
  }
}
