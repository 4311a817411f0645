/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.app.NotedFailures.Noted;
import io.walwatch.agent.evidence.Excerpt;
import io.walwatch.agent.evidence.Failure;
import io.walwatch.agent.evidence.FailureStore;
import io.walwatch.agent.evidence.Masking;
import io.walwatch.agent.evidence.Place;
import io.walwatch.agent.evidence.Probe;
import io.walwatch.agent.evidence.Words;
import io.walwatch.agent.state.Node;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a failure that is not kept yet is written into a checkpoint: masked, as on disk. */
final class NotedCodec {
  /**
   * Of text that is at hand: of a stream, which cannot be read again, or of a job. A checkpoint is
   * written four times a second, and there may be a hundred of them.
   */
  private static final int MOST_CHARACTERS = 8 * 1024;

  private NotedCodec() {}

  static Node write(Noted noted) {
    Failure failure = noted.failure();
    return new Node()
        .put("id", failure.id())
        .put("at", failure.at().toEpochMilli())
        .put("kind", failure.kind().name())
        .put("server", failure.server())
        .put("summary", Masking.mask(failure.summary()))
        .put("goesOn", noted.goesOn())
        .put("text", Masking.mask(end(noted.around().text())))
        .put("places", noted.around().places().stream().map(NotedCodec::write).toList());
  }

  private static String end(String text) {
    return text.length() <= MOST_CHARACTERS
        ? text
        : Words.withoutFirst(text.substring(text.length() - MOST_CHARACTERS));
  }

  private static Node write(Place place) {
    Probe probe = place.probe();
    return new Node()
        .put("file", place.file().toString())
        .put("from", place.fromBytes())
        .put("offset", place.offsetBytes())
        .put("after", place.afterBytes())
        .put("probeOffset", probe.offsetBytes())
        .put("probeLength", probe.lengthBytes())
        .put("probeChecksum", probe.checksum())
        .put("probeText", Masking.mask(probe.text()));
  }

  /** Reads what {@link #write(Noted)} wrote; empty where it is none. */
  static Optional<Noted> read(Node node) {
    String id = string(node, "id");
    if (!FailureStore.isId(id)) {
      return Optional.empty();
    }
    try {
      Failure failure =
          new Failure(
              id,
              Instant.ofEpochMilli(node.longAt("at", 0)),
              Failure.Kind.valueOf(string(node, "kind")),
              string(node, "server"),
              string(node, "summary"));
      List<Place> places = node.nodesAt("places").stream().map(NotedCodec::place).toList();
      Excerpt around = new Excerpt(string(node, "text"), places);
      return Optional.of(new Noted(failure, around, node.booleanAt("goesOn")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Place place(Node node) {
    Probe probe =
        new Probe(
            node.longAt("probeOffset", 0),
            (int) node.longAt("probeLength", 0),
            (int) node.longAt("probeChecksum", 0),
            string(node, "probeText"));
    return new Place(
        Path.of(string(node, "file")),
        node.longAt("from", 0),
        node.longAt("offset", 0),
        (int) node.longAt("after", 0),
        probe);
  }

  private static String string(Node node, String name) {
    String text = node.stringAt(name);
    return text == null ? "" : text;
  }
}
