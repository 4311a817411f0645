/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config.discovery;

import io.walwatch.agent.config.ServerConfig;
import java.util.List;

/**
 * What will be watched, complete: servers and logs that were configured or found. Immutable.
 *
 * @param servers each name once; a log's server is always among them
 * @param sources each name once
 * @param findings where servers were looked for, and what came of it; empty where they are
 *     configured
 * @param problems what keeps something from being found or read, one line each
 */
public record WatchPlan(
    List<ServerConfig> servers,
    List<LogSource> sources,
    List<Finding> findings,
    List<String> problems) {
  public WatchPlan {
    servers = List.copyOf(servers);
    sources = List.copyOf(sources);
    findings = List.copyOf(findings);
    problems = List.copyOf(problems);
  }
}
