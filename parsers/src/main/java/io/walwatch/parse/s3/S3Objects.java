/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.parse.s3;

import io.walwatch.parse.MalformedListException;
import io.walwatch.parse.listing.Excerpt;
import io.walwatch.parse.listing.ListLines;
import io.walwatch.parse.listing.ListSizes;
import io.walwatch.parse.listing.ListTimes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * What the aws command line prints of a bucket: a line for each object with key, time of the last
 * change and size, set apart by tabs; {@code None} stands for a page without objects.
 */
final class S3Objects {
  private S3Objects() {}

  /** Takes the objects, one by one. */
  @FunctionalInterface
  interface Taker {
    void object(String key, Instant changed, long bytes) throws MalformedListException;
  }

  /**
   * Reads an output to its end.
   *
   * @throws MalformedListException when it is not such a list, not even one of nothing
   */
  static void read(InputStream output, Taker taker) throws IOException {
    ListLines lines = new ListLines(output);
    boolean any = false;
    for (String line = lines.next(); line != null; line = lines.next()) {
      any = true;
      if (!line.isEmpty() && !line.equals("None")) {
        object(line, taker);
      }
    }
    if (!any) {
      throw new MalformedListException("the output is empty");
    }
  }

  private static void object(String line, Taker taker) throws IOException {
    int last = line.lastIndexOf('\t');
    int middle = last < 1 ? -1 : line.lastIndexOf('\t', last - 1);
    if (middle < 1) {
      throw new MalformedListException(
          "a line is not key, time and size: \"" + Excerpt.of(line) + "\"");
    }
    taker.object(
        line.substring(0, middle),
        ListTimes.parse(line.substring(middle + 1, last)),
        ListSizes.parse(line.substring(last + 1)));
  }
}
