/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.util.Objects;

/**
 * Lets through what one parser reports and holds it to its contract: a plug-in that speaks in
 * another parser's name, or of a place that no stream has, would be counted where it does not
 * belong. What breaks it is thrown back at the parser, whose fault it then is.
 *
 * @param parser the name of the parser's provider
 */
record KeptContract(String parser, EventSink next) implements EventSink {
  @Override
  public void event(LogEvent event, Origin origin) {
    Objects.requireNonNull(event, "an event that is null");
    check(origin.parser(), origin.offsetBytes());
    if (event instanceof LogEvent.Push push) {
      checkFile(push.archiver(), push.file(), push.state());
    } else if (event instanceof LogEvent.Fetch fetch) {
      checkFile(fetch.archiver(), fetch.file(), fetch.state());
      Objects.requireNonNull(fetch.action(), "a fetch without an action");
    } else if (event instanceof LogEvent.Message message) {
      checkName(message.archiver());
      Objects.requireNonNull(message.severity(), "a message without a severity");
      Objects.requireNonNull(message.text(), "a message without a text");
    }
    next.event(event, origin);
  }

  @Override
  public void rejected(Rejection rejection) {
    check(rejection.parser(), rejection.offsetBytes());
    Objects.requireNonNull(rejection.verdict(), "a rejection without a verdict");
    Objects.requireNonNull(rejection.reason(), "a rejection without a reason");
    next.rejected(rejection);
  }

  private void checkFile(String archiver, WalFile file, Enum<?> state) {
    checkName(archiver);
    Objects.requireNonNull(file, "an event without a file");
    Objects.requireNonNull(state, "an event without a state");
  }

  private void check(String name, long offsetBytes) {
    checkName(name);
    if (offsetBytes < 0) {
      throw new IllegalStateException("an event at offset " + offsetBytes);
    }
  }

  private void checkName(String name) {
    if (!parser.equals(name)) {
      throw new IllegalStateException("an event in the name of another parser than " + parser);
    }
  }
}
