/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.tail;

/**
 * What stat(2) tells of a path.
 *
 * @param modifiedMillis since the epoch
 */
record FileStat(FileKey key, long sizeBytes, long modifiedMillis, boolean regular) {}
