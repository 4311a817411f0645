/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * What stat(2) tells of a path.
 *
 * @param modifiedMillis since the epoch
 * @param bornMillis since the epoch, 0 where the file system does not tell
 */
record FileStat(
    FileKey key, long sizeBytes, long modifiedMillis, long bornMillis, boolean regular) {}
