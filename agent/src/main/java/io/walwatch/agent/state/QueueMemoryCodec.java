/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.QueueMemory.FileSet;
import io.walwatch.agent.archive.QueueMemory.Hole;
import io.walwatch.agent.archive.QueueMemory.Range;
import io.walwatch.agent.archive.QueueMemory.Timeline;
import io.walwatch.agent.archive.QueueMemory.Words;
import io.walwatch.agent.archive.SegmentRuns;
import java.util.List;

/** How the memory of an archive queue is written into a checkpoint. */
public final class QueueMemoryCodec {
  private QueueMemoryCodec() {}

  /** Puts all of a memory into a node of its own. */
  public static void write(QueueMemory memory, Node node) {
    node.put("asOf", memory.asOfMillis());
    node.put("lastArchived", memory.lastArchivedMillis());
    node.put("systemIdentifier", memory.systemIdentifier());
    write(memory.waiting(), node.add("waiting"));
    write(memory.recentlyDone(), node.add("recentlyDone"));
    Node told = node.add("told");
    write(memory.words().skipped(), told.add("skipped"));
    write(memory.words().pushed(), told.add("pushed"));
    node.put("timelines", memory.timelines().stream().map(QueueMemoryCodec::write).toList());
  }

  private static void write(FileSet files, Node node) {
    node.put("others", files.others());
    node.put("runs", files.segments().text());
  }

  private static Node write(Timeline timeline) {
    return new Node()
        .put("timeline", timeline.timeline())
        .put("segmentSize", timeline.segmentSizeBytes())
        .put("base", timeline.base())
        .put("highestArchived", timeline.highestArchived())
        .put(
            "archived",
            timeline.archived().stream()
                .map(range -> new Node().put("first", range.first()).put("last", range.last()))
                .toList())
        .put(
            "holes",
            timeline.holes().stream()
                .map(hole -> new Node().put("number", hole.number()).put("skipped", hole.skipped()))
                .toList());
  }

  /** Reads what {@link #write(QueueMemory, Node)} wrote; a queue that is not there is new. */
  public static QueueMemory read(Node node) {
    return new QueueMemory(
        node.longAt("asOf", 0),
        node.longAt("systemIdentifier"),
        files(node.at("waiting")),
        files(node.at("recentlyDone")),
        node.nodesAt("timelines").stream().map(QueueMemoryCodec::timeline).toList(),
        node.longAt("lastArchived"),
        new Words(files(node.at("told").at("skipped")), files(node.at("told").at("pushed"))));
  }

  private static FileSet files(Node node) {
    String runs = node.stringAt("runs");
    return new FileSet(
        runs == null ? oneByOne(node.nodesAt("segments")) : new SegmentRuns(runs),
        node.stringsAt("others"));
  }

  /** As they were written before 2026-11-29: a node for each run. */
  private static SegmentRuns oneByOne(List<Node> nodes) {
    SegmentRuns.Builder runs = new SegmentRuns.Builder();
    for (Node node : nodes) {
      String first = node.stringAt("first");
      runs.add(first == null ? "" : first, node.longAt("count", 0));
    }
    return runs.build();
  }

  private static Timeline timeline(Node node) {
    List<Range> archived =
        node.nodesAt("archived").stream()
            .map(range -> new Range(range.longAt("first", 0), range.longAt("last", 0)))
            .toList();
    List<Hole> holes =
        node.nodesAt("holes").stream()
            .map(hole -> new Hole(hole.longAt("number", 0), hole.booleanAt("skipped")))
            .toList();
    return new Timeline(
        node.longAt("timeline", 0),
        node.longAt("segmentSize", 0),
        node.longAt("base", 0),
        node.longAt("highestArchived", -1),
        archived,
        holes);
  }
}
