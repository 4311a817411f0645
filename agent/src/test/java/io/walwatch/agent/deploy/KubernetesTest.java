/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The objects for Kubernetes: what no schema asks. No cluster has run them in a test. */
final class KubernetesTest {
  @Test
  void shouldTellPodsOfOneNameApartByTheirNamespace() throws IOException {
    for (Map<String, Object> endpoint :
        List.of(
            endpoint("podmonitor.yaml", "podMetricsEndpoints"),
            endpoint("servicemonitor.yaml", "endpoints"))) {
      assertThat(DeployFiles.maps(endpoint, "relabelings"))
          .contains(
              Map.of(
                  "sourceLabels",
                  List.of("__meta_kubernetes_namespace", "__meta_kubernetes_pod_name"),
                  "separator",
                  "/",
                  "targetLabel",
                  "instance"),
              Map.of("targetLabel", "job", "replacement", "walwatch"));
    }
  }

  /** With archive_mode and no command PostgreSQL keeps all WAL until the volume is full. */
  @Test
  void shouldArchiveInTheExampleOfAServer() throws IOException {
    String server = Files.readString(DeployFiles.DEPLOY.resolve("kubernetes/sidecar.yaml"));

    assertThat(server).contains("- archive_mode=on\n").contains("- archive_command=");
  }

  private static Map<String, Object> endpoint(String file, String key) throws IOException {
    return DeployFiles.objects("kubernetes/" + file).stream()
        .flatMap(object -> DeployFiles.maps(DeployFiles.map(object, "spec"), key).stream())
        .findFirst()
        .orElseThrow();
  }
}
