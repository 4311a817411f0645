/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.it.system;

import static io.walwatch.it.system.QueueScenario.within;
import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.it.agent.AgentProcess;
import io.walwatch.it.agent.Scrape;
import io.walwatch.it.server.MortalServer;

/**
 * What a running server itself reads in its {@code pg_control}, by the functions that share their
 * code with pg_controldata, against what walwatch says without asking it.
 */
final class ControlData {
  private ControlData() {}

  static void compare(AgentProcess agent, String name, MortalServer server) {
    String label = "server=" + name;
    within(
        () -> {
          String identifier = server.query("select system_identifier from pg_control_system()");
          Scrape scrape = agent.scrape();
          assertThat(
                  scrape.value(
                      "walwatch_server_info",
                      label,
                      "version=" + server.query("show server_version").replaceAll("\\..*", ""),
                      "system_identifier=" + Long.toUnsignedString(Long.parseLong(identifier))))
              .hasValue(1);
          assertThat(scrape.value("walwatch_server_last_checkpoint_position_bytes", label))
              .hasValue(
                  number(server, "select redo_lsn - '0/0'::pg_lsn from pg_control_checkpoint()"));
          assertThat(scrape.value("walwatch_wal_segment_size_bytes", label))
              .hasValue(number(server, "select bytes_per_wal_segment from pg_control_init()"));
          assertThat(scrape.value("walwatch_server_in_recovery", label))
              .hasValue(number(server, "select pg_is_in_recovery()::int"));
          // From PostgreSQL 10 on, and only files: as walwatch counts.
          assertThat(scrape.value("walwatch_wal_directory_bytes", label))
              .hasValue(number(server, "select sum(size) from pg_ls_waldir()"));
          if (server.isVisible()) {
            assertThat(scrape.value("walwatch_server_running", label)).hasValue(1);
          }
        });
  }

  private static double number(MortalServer server, String sql) throws Exception {
    return Double.parseDouble(server.query(sql));
  }
}
