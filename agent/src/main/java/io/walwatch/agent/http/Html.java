/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

/** Text in HTML. */
final class Html {
  private Html() {}

  /** Safe as element text and in a quoted attribute. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
