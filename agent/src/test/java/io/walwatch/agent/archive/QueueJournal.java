/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import io.walwatch.parse.WalFile;
import io.walwatch.parse.WalFileKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down what a queue tells. */
final class QueueJournal implements QueueEvents {
  final List<String> archived = new ArrayList<>();
  final List<String> received = new ArrayList<>();
  final List<String> vanished = new ArrayList<>();
  final List<String> orphaned = new ArrayList<>();
  final List<String> unobserved = new ArrayList<>();
  final List<String> problems = new ArrayList<>();
  final List<Long> waitedMillis = new ArrayList<>();
  final Set<String> pushed = new HashSet<>();
  final Map<QueueBound, Long> limited = new EnumMap<>(QueueBound.class);
  int overflows;
  int scans;

  @Override
  public void archived(WalFile file, long readySinceMillis, long archivedAtMillis) {
    archived.add(file.name());
    waitedMillis.add(archivedAtMillis - readySinceMillis);
  }

  @Override
  public void received(WalFile file) {
    received.add(file.name());
  }

  @Override
  public boolean vanished(WalFile file) {
    boolean isLost = !pushed.contains(file.name());
    (isLost ? vanished : unobserved).add(file.name());
    return isLost;
  }

  @Override
  public void orphaned(WalFile file) {
    orphaned.add(file.name());
  }

  @Override
  public void unobserved(WalFile file) {
    unobserved.add(file.name());
  }

  @Override
  public void overflowed() {
    overflows++;
  }

  @Override
  public void scanned(long durationNanos) {
    scans++;
  }

  @Override
  public void unreadable(String problem) {
    problems.add(problem);
  }

  @Override
  public void limited(QueueBound bound) {
    limited.merge(bound, 1L, Long::sum);
  }

  @Override
  public void watchProblem(String problem) {
    problems.add("watch: " + problem);
  }

  @Override
  public void readable() {
    problems.add("readable");
  }

  long archived(WalFileKind kind) {
    return archived.stream().map(WalFile::parse).filter(f -> f != null && f.kind() == kind).count();
  }
}
