/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/** For what is read without being counted: what was there before us. */
class Uncounted implements TailEvents {
  @Override
  public void committed(long bytes, long lines) {}

  @Override
  public void rotated(String path) {}

  @Override
  public void truncated(String path) {}

  @Override
  public void longLine(String path, long offsetBytes) {}

  @Override
  public void lost(String path, long bytes, String why) {}

  @Override
  public void unreadable(String path, String problem) {}

  @Override
  public void readable(String path) {}

  @Override
  public void gone(String path) {}

  @Override
  public void limited(TailBound bound, long times) {}
}
