/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.walwatch.parse.LogEvent;
import io.walwatch.parse.Origin;
import io.walwatch.parse.Rejection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON line for each event, and, if wanted, for each rejection. */
final class LinePrinter implements EventPrinter {
  private final JsonGenerator out;
  private final EventFields fields;
  private final boolean rejected;
  private String source = "";
  private boolean empty = true;
  // Kept, and not thrown to the parsers, who can do nothing about it.
  private @Nullable IOException failure;

  LinePrinter(OutputStream out, boolean rejected) throws IOException {
    this.out = new JsonFactory().createGenerator(out);
    this.out.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    this.fields = new EventFields(this.out);
    this.rejected = rejected;
  }

  @Override
  public void source(String file) {
    source = file;
  }

  @Override
  public void event(LogEvent event, Origin origin) {
    if (failure != null) {
      return;
    }
    try {
      empty = false;
      out.writeStartObject();
      fields.write(event);
      if (event.at() != null) {
        out.writeStringField("at", event.at().toString());
      }
      out.writeStringField("parser", origin.parser());
      out.writeStringField("source", source);
      out.writeNumberField("offset", origin.offsetBytes());
      out.writeEndObject();
    } catch (UncheckedIOException e) {
      failure = e.getCause();
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void rejected(Rejection rejection) {
    if (!rejected || failure != null) {
      return;
    }
    try {
      empty = false;
      out.writeStartObject();
      out.writeStringField("rejected", rejection.verdict().name().toLowerCase(Locale.ROOT));
      out.writeStringField("parser", rejection.parser());
      out.writeStringField("reason", rejection.reason());
      out.writeStringField("source", source);
      out.writeNumberField("offset", rejection.offsetBytes());
      out.writeEndObject();
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public boolean isBroken() {
    return failure != null;
  }

  @Override
  public void finish() throws IOException {
    if (failure != null) {
      throw new IOException("the output cannot be written: " + failure.getMessage(), failure);
    }
    if (!empty) {
      out.writeRaw('\n');
    }
    out.flush();
  }
}
