/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A running agent whose new configuration names a parser that it has not got. */
@Timeout(120)
final class ReloadedPluginsTest {
  @TempDir private Path directory;

  @Test
  void shouldTellAParserThatHasComeSinceTheStartFromOneThatIsNotThere() throws Exception {
    Files.createDirectory(directory.resolve("plugins"));
    configure("");
    ReloadableAgents agents = new ReloadableAgents(directory);
    try (Agent agent = agents.start()) {
      configure("sources:\n  - { name: s, files: [b.log], parsers: [sample] }\n");
      HttpResponse<String> answer = agents.reload(agent);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("sample").doesNotContain("restart");

      PluginJar.write(directory.resolve("plugins/sample.jar"), "sample", "");
      assertThat(agents.reload(agent).body())
          .contains("the parser sample of the source s has come since walwatch was started");
    }
  }

  private void configure(String more) throws IOException {
    Files.writeString(
        directory.resolve("walwatch.yml"),
        """
        state_directory: state
        plugins: plugins
        listen: 127.0.0.1:0
        http_reload: true
        servers:
          - { name: main, logs: [a.log] }
        """
            + more);
  }
}
