/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walwatch.parse.Backup;
import io.walwatch.parse.MalformedListException;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded lists of a stanza that has two repositories. */
final class PgbackrestRepositoriesTest {
  private static final String IN_FIRST = "20261129-054116F";
  private static final String IN_SECOND = "20261129-054127F";

  @Test
  void shouldListTheBackupsOfAllRepositories() throws IOException {
    assertThat(listed("both-ok", Map.of()).backups)
        .extracting(Backup::name)
        .containsExactly(IN_FIRST, IN_SECOND);
  }

  @Test
  void shouldListTheBackupsOfTheRepositoryThatIsAskedFor() throws IOException {
    Listed second = listed("both-ok", Map.of("repository", "2"));

    assertThat(second.backups).extracting(Backup::name).containsExactly(IN_SECOND);
    assertThat(second.storedBytes).isEqualTo(3_043_468);
  }

  @Test
  void shouldListTheBackupsBesideARepositoryThatHasNone() throws IOException {
    Listed all = listed("second-empty", Map.of());

    assertThat(all.backups).extracting(Backup::name).containsExactly(IN_FIRST);
    assertThat(all.volumes).containsExactly("demo");
  }

  @Test
  void shouldMissTheBackupsOfARepositoryThatHasNone() throws IOException {
    Listed second = listed("second-empty", Map.of("repository", "2"));

    assertThat(second.backups).isEmpty();
    assertThat(second.volumes).containsExactly("demo");
  }

  @ParameterizedTest
  @CsvSource({"second-empty", "second-missing", "second-unreadable"})
  void shouldNotMindTheStateOfARepositoryThatIsNotAskedFor(String sample) throws IOException {
    assertThat(listed(sample, Map.of("repository", "1")).backups)
        .extracting(Backup::name)
        .containsExactly(IN_FIRST);
  }

  @ParameterizedTest
  @CsvSource({
    "second-missing, 'missing stanza path'",
    "second-unreadable, '[PathOpenError] unable to list file info for path'"
  })
  void shouldNotTakeARepositoryThatCannotBeReadForOneWithoutBackups(String sample, String message) {
    String named = "stanza demo, repository 2: " + message;

    refused(sample, Map.of(), named);
    refused(sample, Map.of("repository", "2"), named);
  }

  @Test
  void shouldRefuseARepositoryThatIsNotThere() {
    refused("both-ok", Map.of("repository", "3"), "stanza demo has no repository 3");
  }

  private static Listed listed(String sample, Map<String, String> options) throws IOException {
    return Listed.samples(
        "pgbackrest",
        options,
        "inventory/pgbackrest-2.45-info-two-repositories-" + sample + ".json");
  }

  private static void refused(String sample, Map<String, String> options, String message) {
    assertThatThrownBy(() -> listed(sample, options))
        .isInstanceOf(MalformedListException.class)
        .hasMessageContaining(message);
  }
}
