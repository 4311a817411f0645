/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import org.jspecify.annotations.Nullable;

/**
 * Where an event was read.
 *
 * @param parser name of the parser that recognised the record, such as {@code wal-e}
 * @param offsetBytes first byte of the record in its stream
 * @param textHash hash of what makes the record one of its kind, normalised: equal for the same
 *     record however it was framed, so that one that arrives by two ways can be counted once
 * @param pid process that wrote it, or null where the framing does not tell; tells apart what two
 *     servers say in the same words
 */
public record Origin(String parser, long offsetBytes, long textHash, @Nullable Long pid) {
  /** Of a record whose own words tell it apart, or whose writer is not known. */
  public Origin(String parser, long offsetBytes, long textHash) {
    this(parser, offsetBytes, textHash, null);
  }
}
