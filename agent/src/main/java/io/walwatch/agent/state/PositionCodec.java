/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import io.walwatch.agent.tail.FileIdentity;
import io.walwatch.agent.tail.FilePosition;
import io.walwatch.agent.tail.StreamPosition;
import java.util.ArrayList;
import java.util.List;

/** How positions are written into a checkpoint. */
public final class PositionCodec {
  private PositionCodec() {}

  /** Puts all of a position into a node of its own. */
  public static void write(StreamPosition position, Node node) {
    node.put("known", position.known()).put("cursor", position.cursor());
    if (position.lookedMillis() != 0) {
      node.put("looked", position.lookedMillis());
    }
    node.put("files", position.files().stream().map(PositionCodec::write).toList());
  }

  private static Node write(FilePosition file) {
    Node node = file.bornMillis() == 0 ? new Node() : new Node().put("born", file.bornMillis());
    return node.put("path", file.path())
        .put("device", file.identity().device())
        .put("inode", file.identity().inode())
        .put("headLength", file.identity().headLengthBytes())
        .put("headCrc", file.identity().headCrc())
        .put("offset", file.offsetBytes())
        .put("size", file.sizeBytes())
        .put("modified", file.modifiedMillis());
  }

  /** Reads what {@link #write(StreamPosition, Node)} wrote; a stream that is not there is new. */
  public static StreamPosition read(Node node) {
    List<FilePosition> files = new ArrayList<>();
    for (Node file : node.nodesAt("files")) {
      String path = file.stringAt("path");
      if (path != null) {
        files.add(read(file, path));
      }
    }
    String cursor = node.stringAt("cursor");
    return new StreamPosition(
        node.booleanAt("known"), files, cursor == null ? "" : cursor, node.longAt("looked", 0));
  }

  private static FilePosition read(Node file, String path) {
    FileIdentity identity =
        new FileIdentity(
            file.longAt("device", 0),
            file.longAt("inode", 0),
            (int) file.longAt("headLength", 0),
            (int) file.longAt("headCrc", 0));
    return new FilePosition(
        path,
        identity,
        file.longAt("offset", 0),
        file.longAt("size", 0),
        file.longAt("modified", 0),
        file.longAt("born", 0));
  }
}
