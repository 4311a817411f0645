/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.util.Set;
import java.util.TreeSet;

/**
 * The keys that one provider of backup listings has of its own.
 *
 * @param required without which it does not know what to list
 * @param optional which may be there
 */
public record BackupKeys(Set<String> required, Set<String> optional) {
  public BackupKeys {
    required = Set.copyOf(required);
    optional = Set.copyOf(optional);
  }

  Set<String> all() {
    Set<String> all = new TreeSet<>(required);
    all.addAll(optional);
    return all;
  }
}
