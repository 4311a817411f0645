/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** The routes, beyond what amtool asks; messages are tested with a real Alertmanager. */
final class AlertmanagerTest {
  @Test
  void shouldPageForASecondHostWhileTheFirstIsInTrouble() {
    Map<String, Object> route =
        DeployFiles.map(
            DeployFiles.load(DeployFiles.DEPLOY.resolve("alertmanager/alertmanager.yml")), "route");

    assertThat(DeployFiles.maps(route, "routes"))
        .filteredOn(child -> "walwatch-pagerduty".equals(child.get("receiver")))
        .singleElement()
        .extracting(child -> child.get("group_by"))
        .asInstanceOf(InstanceOfAssertFactories.list(String.class))
        .contains("alertname", "instance");
  }
}
