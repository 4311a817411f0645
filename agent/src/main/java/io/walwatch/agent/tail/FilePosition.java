/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * How far one generation of a log file was read.
 *
 * @param path the path it had when it was read
 * @param identity who the file is, whatever its path
 * @param offsetBytes everything before it is in the counters, nothing behind it is
 * @param sizeBytes how long it was known to be: what lies between is lost if it cannot be found
 * @param modifiedMillis when it was last written, as far as known, since the epoch: generations
 *     that came after it are not older
 */
public record FilePosition(
    String path, FileIdentity identity, long offsetBytes, long sizeBytes, long modifiedMillis) {}
