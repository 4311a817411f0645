/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.framing;

import io.walwatch.parse.ByteSlice;
import io.walwatch.parse.PipelineOptions;

/**
 * Whether the messages of a stderr log begin as a {@code log_line_prefix} says. Lines of other
 * framings, and those without any prefix, tell nothing. Not thread-safe.
 */
public final class PrefixFit {
  private final Detection detection;
  private final PrefixChoice choice;
  private final PrefixMatch match = new PrefixMatch();
  private boolean lastDiffers;

  /**
   * Nothing is read yet.
   *
   * @param options with the setting; without one no line fits
   */
  public PrefixFit(PipelineOptions options) {
    detection = new Detection(options);
    choice = PrefixChoice.of(options.logLinePrefix());
  }

  /** Looks at one line, from its beginning. */
  public void read(ByteSlice line) {
    if ("stderr".equals(detection.framingOf(line))) {
      lastDiffers = !choice.matchSetting(line, match);
    }
  }

  /** Whether the last message that was read has another prefix: what was before was in force. */
  public boolean lastDiffers() {
    return lastDiffers;
  }
}
