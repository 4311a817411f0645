/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.walwatch.agent.state.Snapshot;
import java.time.Instant;
import java.util.Optional;
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
    Status status = Status.of(snapshots.get());
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>walwatch ").append(Html.escape(status.version())).append("</h1>\n");
    page.append("<p><a href=\"/metrics\">metrics</a>, <a href=\"/failures\">failures</a>, ");
    page.append("<a href=\"/api/v1/status\">this as JSON</a></p>\n");
    if (!status.ready()) {
      page.append("<p>The first look is not finished yet.</p>");
    } else {
      configuration(page, status);
      servers(page, status);
      sources(page, status);
      backups(page, status);
      jobs(page, status);
    }
    Text.send(exchange, Text.HTML, page.append("</body></html>\n").toString());
  }

  private static void configuration(StringBuilder page, Status status) {
    if (status.configuration().isPresent() && !status.configuration().get().successful()) {
      page.append("<p class=\"bad\">The last reload of the configuration failed: the one from ");
      page.append(Instant.ofEpochMilli(status.configuration().get().lastSuccessMillis()));
      page.append(" holds. The agent's log tells why.</p>\n");
    }
  }

  private static void servers(StringBuilder page, Status status) {
    page.append("<h2>Servers</h2>\n<table><tr><th>server</th><th>archive queue</th></tr>\n");
    for (Status.Server server : status.servers()) {
      page.append("<tr><td>").append(Html.escape(server.name())).append("</td>");
      page.append(queue(server)).append("</tr>\n");
    }
    page.append("</table>\n");
  }

  private static String queue(Status.Server server) {
    if (!server.queueWatched()) {
      return "<td>not watched: only logs are known of this server</td>";
    }
    if (server.problem().isPresent()) {
      return "<td class=\"bad\">" + Html.escape(server.problem().get()) + "</td>";
    }
    return "<td>" + server.readyFiles().orElse(0) + " waiting</td>";
  }

  private static void sources(StringBuilder page, Status status) {
    page.append("<h2>Logs</h2>\n<table><tr><th>source</th><th>server</th><th>files open</th>");
    page.append("<th>bytes not yet read</th></tr>\n");
    for (Status.Source source : status.sources()) {
      page.append("<tr><td>").append(Html.escape(source.name())).append("</td><td>");
      page.append(Html.escape(source.server())).append("</td><td class=\"number\">");
      page.append(source.openFiles()).append("</td><td class=\"number\">");
      page.append(source.lagBytes()).append("</td></tr>\n");
      if (!source.silence().isEmpty()) {
        page.append("<tr><td colspan=\"4\">").append(Html.escape(source.silence()));
        page.append("</td></tr>\n");
      }
      source.problems().forEach((path, problem) -> bad(page, path + ": " + problem));
    }
    page.append("</table>\n");
  }

  private static void bad(StringBuilder page, String text) {
    page.append("<tr><td colspan=\"4\" class=\"bad\">");
    page.append(Html.escape(text)).append("</td></tr>\n");
  }

  private static void backups(StringBuilder page, Status status) {
    if (status.backups().isEmpty()) {
      return;
    }
    page.append("<h2>Backups</h2>\n<table><tr><th>set</th><th>provider</th><th>good ones</th>");
    page.append("<th>newest</th></tr>\n");
    for (Status.Backups set : status.backups()) {
      page.append("<tr><td>").append(Html.escape(set.name())).append("</td><td>");
      page.append(Html.escape(set.provider())).append("</td><td class=\"number\">");
      set.good().ifPresent(page::append);
      page.append("</td><td>").append(time(set.newest(), "")).append("</td></tr>\n");
      set.problem().ifPresent(problem -> bad(page, problem));
    }
    page.append("</table>\n");
  }

  private static void jobs(StringBuilder page, Status status) {
    if (status.jobsProblem().isPresent()) {
      page.append("<p class=\"bad\">jobs: ").append(Html.escape(status.jobsProblem().get()));
      page.append("</p>\n");
    }
    if (status.jobs().isEmpty()) {
      return;
    }
    page.append("<h2>Jobs</h2>\n<table><tr><th>job</th><th>now</th><th>last success</th>");
    page.append("<th>last failure</th><th>last exit code</th></tr>\n");
    for (Status.Job job : status.jobs()) {
      page.append("<tr><td>").append(Html.escape(job.name())).append("</td><td>");
      page.append(job.running() ? "running" : "").append("</td><td>");
      page.append(time(job.lastSuccess(), "never")).append("</td><td>");
      page.append(time(job.lastFailure(), "")).append("</td><td class=\"number\">");
      job.lastExitCode().ifPresent(page::append);
      page.append("</td></tr>\n");
    }
    page.append("</table>\n");
  }

  private static String time(Optional<Instant> time, String otherwise) {
    return time.map(Instant::toString).orElse(otherwise);
  }
}
