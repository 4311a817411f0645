/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse;

import java.time.Instant;

/**
 * The end of a file as it was written last: by it the zone of the times in the file can be checked.
 *
 * @param at the file's modification time
 * @param lastLine the file's last line, or as much of its beginning as is known
 */
public record LastWrite(Instant at, String lastLine) {}
