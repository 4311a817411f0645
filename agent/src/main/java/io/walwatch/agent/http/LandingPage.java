/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.walwatch.agent.metrics.BuildInfo;
import io.walwatch.agent.state.InventorySnapshot;
import io.walwatch.agent.state.JobSnapshot;
import io.walwatch.agent.state.JobsSnapshot;
import io.walwatch.agent.state.ServerSnapshot;
import io.walwatch.agent.state.Snapshot;
import io.walwatch.agent.state.SourceSnapshot;
import io.walwatch.parse.Backup.State;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /}: what is watched, and what is wrong with the watching, for a person with a browser. */
final class LandingPage implements HttpHandler {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>walwatch</title>
      <meta name="viewport" content="width=device-width">
      <style>
      body { font: 16px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em }
      table { border-collapse: collapse; width: 100% }
      th, td { border-bottom: 1px solid #ccc; padding: .3em .6em; text-align: left }
      td.number { text-align: right; font-variant-numeric: tabular-nums }
      .bad { color: #a00; font-weight: 600 }
      </style></head><body>
      """;

  private final Supplier<? extends @Nullable Snapshot> snapshots;

  LandingPage(Supplier<? extends @Nullable Snapshot> snapshots) {
    this.snapshots = snapshots;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>walwatch ").append(Html.escape(BuildInfo.get().version())).append("</h1>\n");
    page.append("<p><a href=\"/metrics\">metrics</a>, <a href=\"/failures\">failures</a></p>\n");
    Snapshot snapshot = snapshots.get();
    if (snapshot == null) {
      page.append("<p>The first look is not finished yet.</p>");
    } else {
      servers(page, snapshot);
      sources(page, snapshot);
      backups(page, snapshot);
      jobs(page, snapshot.jobs());
    }
    Text.send(exchange, Text.HTML, page.append("</body></html>\n").toString());
  }

  private static void servers(StringBuilder page, Snapshot snapshot) {
    page.append("<h2>Servers</h2>\n<table><tr><th>server</th><th>archive queue</th></tr>\n");
    for (ServerSnapshot server : snapshot.servers()) {
      page.append("<tr><td>").append(Html.escape(server.name())).append("</td>");
      page.append(queue(server)).append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static String queue(ServerSnapshot server) {
    if (!server.facts().watched()) {
      return "<td>not watched: only logs are known of this server</td>";
    }
    String problem = server.queueProblem();
    if (problem != null) {
      return "<td class=\"bad\">" + Html.escape(problem) + "</td>";
    }
    long waiting =
        server
            .facts()
            .queue()
            .map(queue -> queue.readyFiles().values().stream().mapToLong(Long::longValue).sum())
            .orElse(0L);
    return "<td>" + waiting + " waiting</td>";
  }

  private static void sources(StringBuilder page, Snapshot snapshot) {
    page.append("<h2>Logs</h2>\n<table><tr><th>source</th><th>server</th><th>files open</th>");
    page.append("<th>bytes not yet read</th></tr>\n");
    for (SourceSnapshot source : snapshot.sources()) {
      page.append("<tr><td>").append(Html.escape(source.name())).append("</td><td>");
      page.append(Html.escape(source.facts().server())).append("</td><td class=\"number\">");
      page.append(source.facts().openFiles()).append("</td><td class=\"number\">");
      page.append(source.facts().lagBytes()).append("</td></tr>\n");
      if (!source.facts().silence().isEmpty()) {
        page.append("<tr><td colspan=\"4\">").append(Html.escape(source.facts().silence()));
        page.append("</td></tr>\n");
      }
      for (Map.Entry<String, String> problem : source.problems().entrySet()) {
        page.append("<tr><td colspan=\"4\" class=\"bad\">").append(Html.escape(problem.getKey()));
        page.append(": ").append(Html.escape(problem.getValue())).append("</td></tr>\n");
      }
    }
    page.append("</table>\n");
  }

  private static void backups(StringBuilder page, Snapshot snapshot) {
    if (snapshot.backups().isEmpty()) {
      return;
    }
    page.append("<h2>Backups</h2>\n<table><tr><th>set</th><th>provider</th><th>good ones</th>");
    page.append("<th>newest</th></tr>\n");
    for (InventorySnapshot set : snapshot.backups()) {
      page.append("<tr><td>").append(Html.escape(set.name())).append("</td><td>");
      page.append(Html.escape(set.provider())).append("</td><td class=\"number\">");
      set.listing().ifPresent(listing -> page.append(listing.counts().get(State.OK)));
      page.append("</td><td>");
      set.listing()
          .ifPresent(
              listing ->
                  listing
                      .lastSuccessMillis()
                      .ifPresent(millis -> page.append(Instant.ofEpochMilli(millis))));
      page.append("</td></tr>\n");
      if (!set.problem().isEmpty()) {
        page.append("<tr><td colspan=\"4\" class=\"bad\">");
        page.append(Html.escape(set.problem())).append("</td></tr>\n");
      }
    }
    page.append("</table>\n");
  }

  private static void jobs(StringBuilder page, JobsSnapshot jobs) {
    if (jobs.problem() != null) {
      page.append("<p class=\"bad\">jobs: ").append(Html.escape(jobs.problem())).append("</p>\n");
    }
    if (jobs.jobs().isEmpty()) {
      return;
    }
    page.append("<h2>Jobs</h2>\n<table><tr><th>job</th><th>now</th><th>last success</th>");
    page.append("<th>last failure</th><th>last exit code</th></tr>\n");
    for (JobSnapshot job : jobs.jobs()) {
      page.append("<tr><td>").append(Html.escape(job.name())).append("</td><td>");
      page.append(job.running() > 0 ? "running" : "").append("</td><td>");
      page.append(time(job.lastSuccessMillis(), "never")).append("</td><td>");
      page.append(time(job.lastFailureMillis(), "")).append("</td><td class=\"number\">");
      page.append(job.lastExitCode().isPresent() ? job.lastExitCode().getAsLong() : "");
      page.append("</td></tr>\n");
    }
    page.append("</table>\n");
  }

  private static String time(OptionalLong millis, String otherwise) {
    return millis.isEmpty()
        ? otherwise
        : Instant.ofEpochMilli(millis.getAsLong()).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
