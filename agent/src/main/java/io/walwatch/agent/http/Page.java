/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpServerExchange;
import java.util.List;

/**
 * An HTML page in the making: one look for all, light or dark as the browser has it, and narrow on
 * a phone, where each row of a table becomes a block. Without scripts. Text is escaped here.
 */
final class Page {
  private static final String STYLE =
      """
      <style>
      :root { color-scheme: light dark; --bad: #b00020; --good: #1a6b2f; --line: #8886 }
      @media (prefers-color-scheme: dark) { :root { --bad: #ff7b85; --good: #7fd69a } }
      body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 68em; padding: 1em }
      nav { margin-bottom: 1em } nav a { margin-right: 1em }
      h1 { font-size: 1.5em; margin: .5em 0 } h2 { font-size: 1.15em; margin: 1.5em 0 .3em }
      .bad { color: var(--bad); font-weight: 600 } .good { color: var(--good); font-weight: 600 }
      .troubles { border: 2px solid var(--bad); border-radius: .4em; padding: .2em 1em .4em }
      .troubles ul { padding-left: 1.2em; margin: .3em 0 }
      table { border-collapse: collapse; width: 100% }
      th, td { border-bottom: 1px solid var(--line); padding: .3em .8em .3em 0; text-align: left;
        vertical-align: top; overflow-wrap: anywhere }
      th { font-weight: 600; overflow-wrap: normal }
      td.number { font-variant-numeric: tabular-nums }
      pre { font: 14px/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere;
        border: 1px solid var(--line); border-radius: .4em; padding: .8em }
      footer { margin-top: 2em; opacity: .8; font-size: .9em }
      @media (max-width: 46em) {
        tr:has(th) { display: none }
        table, tbody, tr, td { display: block }
        tr { border-bottom: 1px solid var(--line); padding: .5em 0 }
        td { border: 0; padding: 0 }
        td[data-of]:not(:empty)::before { content: attr(data-of) ": "; opacity: .75; font-weight: 400 }
        td:empty { display: none }
      }
      </style>
      """;

  private final StringBuilder html = new StringBuilder(8_192);
  private List<String> columns = List.of();
  private int column;

  /** Begins a page; every page leads to the others. */
  Page(String title) {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    text(title);
    html.append("</title>\n<meta name=\"viewport\" content=\"width=device-width\">\n");
    html.append(STYLE).append("</head><body>\n<nav><a href=\"/\">status</a>");
    html.append("<a href=\"/failures\">failures</a><a href=\"/metrics\">metrics</a></nav>\n");
  }

  /** Tags that are ours, as they are. */
  Page html(String tags) {
    html.append(tags);
    return this;
  }

  /** What somebody else may have written. */
  Page text(String text) {
    html.append(Html.escape(text));
    return this;
  }

  /** An element around a text. */
  Page element(String name, String cssClass, String text) {
    html.append('<').append(name);
    if (!cssClass.isEmpty()) {
      html.append(" class=\"").append(cssClass).append('"');
    }
    html.append('>');
    return text(text).html("</" + name + ">\n");
  }

  /** Begins a table with these columns. */
  Page table(String... names) {
    columns = List.of(names);
    html.append("<table><tr>");
    columns.forEach(name -> html.append("<th>").append(name).append("</th>"));
    html.append("</tr>\n");
    return this;
  }

  /** Begins a row. */
  Page row() {
    column = 0;
    html.append("<tr>");
    return this;
  }

  /** The next cell of the row. */
  Page cell(String text) {
    return cell("", text);
  }

  /** The same with a class: {@code bad}, {@code good} or {@code number}. */
  Page cell(String cssClass, String text) {
    return open(cssClass).text(text).html("</td>");
  }

  /** The next cell of the row, with a link in it. */
  Page link(String address, String text) {
    return open("").html("<a href=\"").text(address).html("\">").text(text).html("</a></td>");
  }

  private Page open(String cssClass) {
    html.append("<td data-of=\"").append(columns.get(column++)).append('"');
    if (!cssClass.isEmpty()) {
      html.append(" class=\"").append(cssClass).append('"');
    }
    html.append('>');
    return this;
  }

  /** A row of one cell: what is to be said of the row before. */
  Page note(String cssClass, String text) {
    html.append("<tr><td colspan=\"").append(columns.size()).append('"');
    if (!cssClass.isEmpty()) {
      html.append(" class=\"").append(cssClass).append('"');
    }
    html.append('>');
    return text(text).html("</td></tr>\n");
  }

  /** Ends a row. */
  Page endRow() {
    return html("</tr>\n");
  }

  /** Ends a table. */
  Page endTable() {
    return html("</table>\n");
  }

  /** Ends the page and sends it. */
  void send(HttpServerExchange exchange) {
    Text.send(exchange, Text.HTML, html.append("</body></html>\n").toString());
  }
}
