/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.walwatch.agent.config.SourceInput;
import io.walwatch.agent.config.discovery.LogSource;
import io.walwatch.parse.PipelineOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which of the log collector's files counts for PostgreSQL's own messages. */
final class AuthorityTest {
  @TempDir private Path directory;

  @Test
  void shouldPreferJsonToCsvToStderr() throws IOException {
    create("p.log", "p.csv", "p.json");

    assertThat(counts("*", "p.json")).isTrue();
    assertThat(counts("*", "p.csv")).isFalse();
    assertThat(counts("*", "p.log")).isFalse();
  }

  @Test
  void shouldTakeTheBestThatExists() throws IOException {
    create("p.log", "p.csv", "q.log");

    assertThat(counts("*", "p.csv")).isTrue();
    assertThat(counts("*", "p.log")).isFalse();
    assertThat(counts("*", "q.log")).isTrue();
  }

  @Test
  void shouldNotWaitForASiblingThatNobodyReads() throws IOException {
    create("p.log", "p.csv", "p.json");

    assertThat(counts("*.log", "p.log")).isTrue();
  }

  @Test
  void shouldKnowCompressedSiblings() throws IOException {
    create("p.log.gz", "p.json.gz");

    assertThat(counts("*", "p.log.gz")).isFalse();
    assertThat(counts("*", "p.json.gz")).isTrue();
  }

  @Test
  void shouldKnowSiblingsThatWereRotated() throws IOException {
    create("p.log.1", "p.json.1", "p.csv-20261122.gz", "p.json-20261122", "q.log.1", "q.json.2");

    assertThat(counts("*", "p.log.1")).isFalse();
    assertThat(counts("*", "p.csv-20261122.gz")).isFalse();
    assertThat(counts("*", "p.json.1")).isTrue();
    assertThat(counts("*", "q.log.1")).isTrue();
  }

  @Test
  void shouldPreferNoFileThatIsNotWhatItIsCalled() throws IOException {
    Path log = Files.writeString(directory.resolve("p.log"), "LOG:  x\n");
    Path csv = Files.writeString(directory.resolve("p.csv"), "name,size\n");
    Path json = Files.createFile(directory.resolve("p.json"));
    List<String> files = List.of(log.toString(), csv.toString(), json.toString());

    assertThat(Authority.ofFiles(files).isOutranked(log.toString())).isFalse();
    Files.writeString(json, "{}\n");
    assertThat(Authority.ofFiles(files).isOutranked(log.toString())).isTrue();
    assertThat(Authority.ofFiles(files.subList(0, 2)).isOutranked(log.toString())).isFalse();
  }

  @Test
  void shouldLeaveFilesAloneThatTheCollectorDoesNotName() throws IOException {
    create("syslog", "syslog.json");

    assertThat(counts("*", "syslog")).isTrue();
  }

  @Test
  void shouldBelieveAnOperatorWhoNamesTheFraming() throws IOException {
    create("p.log", "p.json");
    PipelineOptions named = new PipelineOptions("stderr", null, null, Set.of(), true);

    assertThat(authority("*").options(named, directory.resolve("p.log").toString()))
        .isEqualTo(named);
  }

  private void create(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(directory.resolve(name));
    }
  }

  private boolean counts(String glob, String file) {
    return authority(glob)
        .options(PipelineOptions.DEFAULT, directory.resolve(file).toString())
        .serverMessages();
  }

  private Authority authority(String glob) {
    return new Authority(
        List.of(
            new LogSource(
                "main",
                "main",
                new SourceInput.Files(List.of(directory.resolve(glob).toString())),
                PipelineOptions.DEFAULT)));
  }
}
