/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class PostmasterOptionsTest {
  @Test
  void shouldReadDebiansCommandLine() {
    PostmasterOptions options =
        PostmasterOptions.parse(
            "/usr/lib/postgresql/15/bin/postgres \"-D\" \"/var/lib/postgresql/15/main\" \"-c\""
                + " \"config_file=/etc/postgresql/15/main/postgresql.conf\"\n");
    assertThat(options.directory()).hasValue("/var/lib/postgresql/15/main");
    assertThat(options.settings())
        .containsOnly(Map.entry("config_file", "/etc/postgresql/15/main/postgresql.conf"));
  }

  @Test
  void shouldReadEveryFormOfASetting() {
    PostmasterOptions options =
        PostmasterOptions.parse(
            "/opt/my pg/postgres \"--archive-mode=always\" \"-carchive_command=cp %p \"/x/%f\"\""
                + " \"-p\" \"5433\" \"-iFD/data\" \"-c\" \"Log_Destination=csvlog\"");
    assertThat(options.directory()).hasValue("/data");
    assertThat(options.settings())
        .containsEntry("archive_mode", "always")
        .containsEntry("archive_command", "cp %p \"/x/%f\"")
        .containsEntry("log_destination", "csvlog")
        .hasSize(3);
  }

  @Test
  void shouldNotTakeTheValueOfAnotherOptionForASetting() {
    PostmasterOptions options = PostmasterOptions.parse("postgres \"-h\" \"--fsync=off\" \"-c\"");
    assertThat(options).isEqualTo(PostmasterOptions.NONE);
  }

  @Test
  void shouldFindNothingInAnEmptyOrForeignFile() {
    assertThat(PostmasterOptions.parse("")).isEqualTo(PostmasterOptions.NONE);
    assertThat(PostmasterOptions.parse("/usr/bin/postgres")).isEqualTo(PostmasterOptions.NONE);
    assertThat(PostmasterOptions.parse("postgres \"")).isEqualTo(PostmasterOptions.NONE);
  }
}
