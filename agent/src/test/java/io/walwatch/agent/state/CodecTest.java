/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.archive.QueueMemory;
import io.walwatch.agent.archive.QueueMemory.FileSet;
import io.walwatch.agent.archive.QueueMemory.Hole;
import io.walwatch.agent.archive.QueueMemory.Range;
import io.walwatch.agent.archive.QueueMemory.Timeline;
import io.walwatch.agent.archive.QueueMemory.Words;
import io.walwatch.agent.archive.SegmentRuns;
import io.walwatch.agent.tail.FileIdentity;
import io.walwatch.agent.tail.FilePosition;
import io.walwatch.agent.tail.StreamPosition;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is written into a checkpoint comes back as it was, by way of the bytes in the file. */
final class CodecTest {
  @Test
  void shouldGiveBackPositions() throws IOException {
    StreamPosition position =
        new StreamPosition(
            true,
            List.of(
                new FilePosition(
                    "/var/log/a b\"ü.log.1",
                    new FileIdentity(Long.MAX_VALUE, 42, 256, -17),
                    123_456_789_012L,
                    123_456_789_013L,
                    1_700_000_000_000L,
                    1_600_000_000_000L),
                new FilePosition("/var/log/a.log", new FileIdentity(1, 0, 0, 0), 0, 0, -1)),
            "s=0f;i=2",
            1_700_000_000_001L);
    Node node = new Node();
    PositionCodec.write(position, node);

    assertThat(PositionCodec.read(throughBytes(node))).isEqualTo(position);
  }

  @Test
  void shouldTakeAStreamThatIsNotThereForANewOne() {
    assertThat(PositionCodec.read(new Node())).isEqualTo(StreamPosition.NEW);
  }

  @Test
  void shouldGiveBackWhatAQueueRemembers() throws IOException {
    QueueMemory memory =
        new QueueMemory(
            1_700_000_000_000L,
            OptionalLong.of(-1),
            new FileSet(runs("0000000100000000000000FE", 3), List.of("00000002.history")),
            new FileSet(SegmentRuns.NONE, List.of("000000010000000000000007.00000028.backup")),
            List.of(
                new Timeline(
                    1,
                    16_777_216,
                    41,
                    44,
                    List.of(new Range(42, 42), new Range(44, 44)),
                    List.of(new Hole(43, true), new Hole(45, false))),
                new Timeline(2, 16_777_216, 45, -1, List.of(), List.of())),
            OptionalLong.of(5),
            new Words(
                new FileSet(runs("000000010000000000000042", 1), List.of()),
                new FileSet(runs("000000010000000000000050", 7), List.of())));
    Node node = new Node();
    QueueMemoryCodec.write(memory, node);

    assertThat(QueueMemoryCodec.read(throughBytes(node))).isEqualTo(memory);
  }

  @Test
  void shouldTakeAQueueThatIsNotThereForANewOne() {
    assertThat(QueueMemoryCodec.read(new Node())).isEqualTo(QueueMemory.NEW);
  }

  private static SegmentRuns runs(String first, int count) {
    return new SegmentRuns.Builder().add(first, count).build();
  }

  private static Node throughBytes(Node node) throws IOException {
    byte[] bytes = NodeJson.write(node);
    return NodeJson.read(bytes, 0, bytes.length);
  }
}
