/* SPDX-License-Identifier: Apache-2.0 */
/** Objects in S3: backups that are objects, and the stores of WAL-E and WAL-G. */
@NullMarked
package io.walwatch.parse.s3;

import org.jspecify.annotations.NullMarked;
