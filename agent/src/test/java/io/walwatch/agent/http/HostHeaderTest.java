/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names under which a page of this host's is asked for. */
class HostHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:10432",
        "localhost.",
        "127.0.0.1",
        "127.0.0.1:10432",
        "127.1.2.3:1",
        "[::1]",
        "[::1]:10432",
        "[0:0:0:0:0:0:0:1]",
        ""
      })
  void shouldKnowTheNamesOfTheLoopbackDevice(String host) {
    assertThat(HostHeader.isLocal(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example.com",
        "evil.example.com:10432",
        "localhost.evil.example.com",
        "127.0.0.1.evil.example.com",
        "127.0.0.evil",
        "10.0.0.1",
        "[::2]",
        "[fe80::1]",
        "[:::]",
        "localhost@evil",
        "db1"
      })
  void shouldTakeNoOtherNameForOneOfThem(String host) {
    assertThat(HostHeader.isLocal(host)).isFalse();
  }
}
