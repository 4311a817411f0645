/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.walwatch.agent.state.LoginRefusal;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many clients were not let in, and why, since the start. Any thread. */
public final class LoginRefusals {
  private final Map<LoginRefusal, Long> counts = new ConcurrentHashMap<>();

  void count(LoginRefusal reason) {
    counts.merge(reason, 1L, Long::sum);
  }

  /** How many, for each reason that there was. */
  public Map<LoginRefusal, Long> counts() {
    Map<LoginRefusal, Long> copy = new EnumMap<>(LoginRefusal.class);
    copy.putAll(counts);
    return copy;
  }
}
