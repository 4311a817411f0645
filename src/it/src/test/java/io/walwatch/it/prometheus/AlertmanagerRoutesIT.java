/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes by Alertmanager's own tool. */
@Tag("prometheus")
class AlertmanagerRoutesIT {
  private static final Path ROUTES = Tool.DEPLOY.resolve("alertmanager/alertmanager.yml");

  @Test
  void shouldFindNoFaultInTheConfiguration() throws Exception {
    assertThat(Tool.run("amtool", "check-config", ROUTES.toString())).contains("SUCCESS");
  }

  @ParameterizedTest
  @CsvSource({
    "WalwatchArchiveStalled, critical, 'walwatch-pagerduty,walwatch-slack'",
    "WalwatchArchiveStalled, warning, walwatch-slack",
    "WalwatchPushSlow, info, walwatch-slack",
    "WalwatchWatchdog, none, walwatch-dead-mans-switch",
  })
  void shouldWakeSomebodyForWhatIsCriticalOnly(String alert, String severity, String receivers)
      throws Exception {
    assertThat(
            Tool.run(
                "amtool",
                "config",
                "routes",
                "test",
                "--config.file=" + ROUTES,
                "--verify.receivers=" + receivers,
                "alertname=" + alert,
                "severity=" + severity,
                "instance=db1"))
        .contains(receivers);
  }
}
