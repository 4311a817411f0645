/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.walwatch.agent.archive.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code /}: what is wrong, then what is watched, for a person with a browser. */
final class LandingPage implements HttpHandler {
  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

  private final Content content;

  LandingPage(Content content) {
    this.content = content;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    Status status = Status.of(content.snapshots().get());
    Instant now = content.clock().instant();
    List<String> troubles = Troubles.of(status, now);
    Page page = new Page(title(status, troubles));
    verdict(page, status, troubles);
    if (status.ready()) {
      servers(page, status, now);
      backups(page, status, now);
      jobs(page, status, now);
      sources(page, status);
    }
    page.html("<footer>walwatch ").text(status.version()).html(", at ").text(stamp(now));
    page.html("; <a href=\"/api/v1/status\">this as JSON</a></footer>\n").send(exchange);
  }

  private static String title(Status status, List<String> troubles) {
    if (!status.ready()) {
      return "walwatch";
    }
    return troubles.isEmpty() ? "walwatch: all is well" : "walwatch: " + troubles.size() + " wrong";
  }

  private static void verdict(Page page, Status status, List<String> troubles) {
    if (!status.ready()) {
      page.element("h1", "", "The first look is not finished yet.");
    } else if (troubles.isEmpty()) {
      page.element("h1", "good", "Nothing is wrong, as far as walwatch can see.");
    } else {
      page.html("<section class=\"troubles\">");
      page.element(
          "h1", "bad", troubles.size() == 1 ? "Wrong:" : troubles.size() + " things are wrong:");
      page.html("<ul>\n");
      troubles.forEach(trouble -> page.element("li", "", trouble));
      page.html("</ul>\n<p>What was said around failures: <a href=\"/failures\">failures</a>; on ");
      page.html("the host, <code>walwatch check</code> names each mend.</p></section>\n");
    }
  }

  private static void servers(Page page, Status status, Instant now) {
    page.element("h2", "", "Servers");
    page.table("server", "role", "waiting", "oldest waits for", "last archived", "last failure");
    for (Status.Server server : status.servers()) {
      page.row().cell(server.name()).cell(role(server));
      if (!server.queueWatched()) {
        page.cell("not watched: only logs are known of this server");
      } else if (server.problem().isPresent()) {
        page.cell("bad", server.problem().get());
      } else {
        page.cell("number", Long.toString(server.readyFiles().orElse(0)));
      }
      page.cell(
          server.oldestReady().map(time -> Ages.text(Duration.between(time, now))).orElse(""));
      page.cell(time(server.lastArchived(), now, "")).cell(time(server.lastFailure(), now, ""));
      page.endRow();
    }
    page.endTable();
  }

  private static String role(Status.Server server) {
    String role =
        server
            .disk()
            .flatMap(ServerStatus::inRecovery)
            .map(recovers -> recovers ? "standby" : "primary")
            .orElse("unknown");
    return server.disk().flatMap(ServerStatus::running).orElse(true) ? role : role + ", stopped";
  }

  private static void sources(Page page, Status status) {
    page.element("h2", "", "Logs");
    page.table("source", "server", "files open", "bytes not yet read");
    for (Status.Source source : status.sources()) {
      page.row().cell(source.name()).cell(source.server());
      page.cell("number", Long.toString(source.openFiles()));
      page.cell("number", Long.toString(source.lagBytes())).endRow();
      if (!source.silence().isEmpty()) {
        page.note("", source.silence());
      }
      source.problems().forEach((path, problem) -> page.note("bad", path + ": " + problem));
    }
    page.endTable();
  }

  private static void backups(Page page, Status status, Instant now) {
    if (status.backups().isEmpty()) {
      return;
    }
    page.element("h2", "", "Backups");
    page.table("set", "provider", "good ones", "newest", "its size");
    for (Status.Backups set : status.backups()) {
      page.row().cell(set.name()).cell(set.provider());
      page.cell("number", text(set.good().stream().boxed().findFirst()));
      page.cell(time(set.newest(), now, ""));
      page.cell(
          "number", set.sizeBytes().stream().mapToObj(LandingPage::size).findFirst().orElse(""));
      page.endRow();
      set.problem().ifPresent(problem -> page.note("bad", problem));
    }
    page.endTable();
  }

  private static void jobs(Page page, Status status, Instant now) {
    if (status.jobs().isEmpty()) {
      return;
    }
    page.element("h2", "", "Jobs");
    page.table("job", "now", "last success", "last failure", "last exit code");
    for (Status.Job job : status.jobs()) {
      page.row().cell(job.name()).cell(job.running() ? "running" : "");
      page.cell(time(job.lastSuccess(), now, "never")).cell(time(job.lastFailure(), now, ""));
      page.cell("number", text(job.lastExitCode().stream().boxed().findFirst())).endRow();
    }
    page.endTable();
  }

  private static String text(Optional<Long> number) {
    return number.map(String::valueOf).orElse("");
  }

  private static String size(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < UNITS.size() - 1) {
      size /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS.get(unit));
  }

  private static String stamp(Instant now) {
    return Ages.of(now, Instant.EPOCH);
  }

  private static String time(Optional<Instant> time, Instant now, String otherwise) {
    return time.map(known -> Ages.of(known, now)).orElse(otherwise);
  }
}
