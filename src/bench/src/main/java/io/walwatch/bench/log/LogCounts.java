/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.log;

/**
 * What was written into a generated log.
 *
 * @param bytes its size
 * @param lines its lines
 * @param begun WAL-E's begin records
 * @param completed WAL-E's records of completion
 * @param failures PostgreSQL's messages that archive_command failed
 */
public record LogCounts(long bytes, long lines, long begun, long completed, long failures) {}
