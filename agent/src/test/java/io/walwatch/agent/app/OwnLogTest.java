/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class OwnLogTest {
  private static final String LEVEL = "org.apache.logging.log4j.simplelog.level";
  private static final String UNDERTOW = "org.apache.logging.log4j.simplelog.io.undertow.level";

  @Test
  void shouldSayWhatHappensAndKeepLibrariesFromGreeting() throws UsageException {
    assertThat(OwnLog.settings("")).containsEntry(LEVEL, "INFO").containsEntry(UNDERTOW, "WARN");
  }

  @Test
  void shouldTakeTheLevelOfTheEnvironmentForAll() throws UsageException {
    assertThat(OwnLog.settings("debug")).containsEntry(LEVEL, "DEBUG").doesNotContainKey(UNDERTOW);
  }

  @Test
  void shouldNameTheLevelsThereAre() {
    assertThatThrownBy(() -> OwnLog.settings("LOUD"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "WALWATCH_LOG_LEVEL is \"LOUD\", which is no level; one of OFF, FATAL, ERROR, WARN,"
                + " INFO, DEBUG, TRACE, ALL");
  }
}
