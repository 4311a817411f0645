/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.bench.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A bucket with one base backup and a whole chain of WAL, none of which is stored: answers
 * ListObjectsV2 on a free port of the loopback address, and nothing else.
 */
final class GeneratedBucket implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final int BACKUP_PARTS = 1_000;
  private static final String BACKUP = "pg/basebackups_005/base_000000010000000000000000_00000040";

  private final int segments;
  private final HttpServer server;

  /**
   * Answers from now on.
   *
   * @param segments how many segments of WAL it holds
   */
  GeneratedBucket(int segments) throws IOException {
    this.segments = segments;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] page = page(parameters(exchange.getRequestURI().getRawQuery())).getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/xml");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String parameter : query.split("&", -1)) {
      String[] parts = parameter.split("=", 2);
      parameters.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
    }
    return parameters;
  }

  private String page(Map<String, String> parameters) {
    boolean wal = parameters.getOrDefault("prefix", "").endsWith("wal_005/");
    int count = wal ? segments : BACKUP_PARTS + 1;
    String token = parameters.get("continuation-token");
    int first =
        token == null
            ? firstAfter(wal, count, parameters.getOrDefault("start-after", ""))
            : Integer.parseInt(token);
    int end = Math.min(count, first + PAGE);
    StringBuilder xml = new StringBuilder(400 * PAGE);
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult>")
        .append("<Name>generated</Name><MaxKeys>1000</MaxKeys><KeyCount>")
        .append(end - first)
        .append("</KeyCount><IsTruncated>")
        .append(end < count)
        .append("</IsTruncated>");
    if (end < count) {
      xml.append("<NextContinuationToken>").append(end).append("</NextContinuationToken>");
    }
    for (int number = first; number < end; number++) {
      object(xml, key(wal, number));
    }
    return xml.append("</ListBucketResult>").toString();
  }

  private static int firstAfter(boolean wal, int count, String after) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (key(wal, middle).compareTo(after) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static String key(boolean wal, int number) {
    if (wal) {
      return String.format(
          Locale.ROOT, "pg/wal_005/00000001%08X%08X.lzo", number >> 8, number & 0xFF);
    }
    return number < BACKUP_PARTS
        ? String.format(Locale.ROOT, "%s/tar_partitions/part_%08d.tar.lzo", BACKUP, number)
        : BACKUP + "_backup_stop_sentinel.json";
  }

  private static void object(StringBuilder xml, String key) {
    xml.append("<Contents><Key>")
        .append(key)
        .append("</Key><LastModified>2026-11-22T09:27:03.000Z</LastModified>")
        .append("<ETag>&quot;9dd4e461268c8034f5c8564e155c67a6&quot;</ETag>")
        .append("<Size>4194304</Size><StorageClass>STANDARD</StorageClass></Contents>");
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
