/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.metrics.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {
  @Override
  public String[] getVersion() {
    BuildInfo build = BuildInfo.get();
    return new String[] {
      "walwatch " + build.version(),
      "revision " + build.revision() + ", Java " + build.javaVersion()
    };
  }
}
