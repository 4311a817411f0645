/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each line of the first table holds one secret between ‹ and ›; the second table holds none. The
 * tables of {@code testdata/masking} hold for {@code walwatch run} as well; a line break is ⏎
 * there.
 */
final class MaskingTest {
  static Stream<String> sharedSecrets() throws IOException {
    return shared("secrets.txt");
  }

  static Stream<String> sharedHarmless() throws IOException {
    return shared("harmless.txt");
  }

  private static Stream<String> shared(String table) throws IOException {
    return Files.readAllLines(
            Path.of(System.getProperty("walwatch.root", ".."), "testdata/masking", table))
        .stream()
        .map(line -> line.replace('⏎', '\n'));
  }

  @ParameterizedTest
  @MethodSource("sharedSecrets")
  @ValueSource(
      strings = {
        "{\\\"password\\\":\\\"‹hunter2›\\\"}",
        "password=\"‹the end was cut›",
        "ALTER ROLE me PASSWORD '‹the end was cut›",
        "machine store\n  login me\n  password ‹hunter2›",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\n‹lQOYBGM›\n-----END PGP PRIVATE KEY BLOCK-----",
        "postgresql://me:‹p@ss@word›@db1:5432/postgres",
        "redis://:‹hunter2›@cache:6379/0",
        "https://user:‹tok%20en›@git.example.org/x.git",
        "amqp://guest:‹gu/est›@mq:5672/",
        "CREATE USER me PASSWORD '‹it''s secret›'",
        "ALTER ROLE me WITH ENCRYPTED PASSWORD '‹md5aabb›'",
        "*:*:*:repl:‹hunter2›",
        "key wJ ‹wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY› end",
        "AWS_SECURITY_TOKEN=‹FwoGZXIvYXdzEBYaDH›",
        "ASIA‹IOSFODNN7EXAMPLE› has expired",
        "https://b.s3.amazonaws.com/k?X-Amz-Expires=60&X-Amz-Signature=‹aabbccdd0011›",
        "AWS4-HMAC-SHA256 SignedHeaders=host, Signature=‹fe5f80f77d5fa3beca038a248ff027d0›",
        "https://a.blob.core.windows.net/c?sv=2020&se=2026&sig=‹aB3%2Bxyz%3D›",
        "AccountName=db;AccountKey=‹Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq==›;X=1",
        "SharedAccessSignature=‹sv=2020-08-04›",
        "WABS_ACCESS_KEY=‹Eby8vdM02xNO=›",
        "WABS_SAS_TOKEN=‹sv=2020›",
        "AZURE_STORAGE_KEY_TOKEN=‹abc›",
        "AZURE_STORAGE_KEY=‹c2hvcnQ=›",
        "repo1-azure-key=‹c2hvcnQ=›",
        "WALG_LIBSODIUM_KEY=‹e3b0c44298fc1c149afbf4c8996fb924›",
        "x-amz-server-side-encryption-customer-key: ‹pOrNgwTLlZIYtXaeH62A›",
        "‹Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==›",
        "SWIFT_PASSWORD=‹s3cret›",
        "Authorization: Basic ‹dXNlcjpwYXNz›",
        "'Authorization': '‹AWS AKIAIO:frJIUN8DYpKDtOLCwo›'",
        "x-auth-token: ‹0123abcd›",
        "ya29.‹a0AfH6SMBxxxxxxxxxxxx›",
        "AIza‹SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY›",
        "GOOG‹1EXAMPLEEXAMPLEEXAMPLE›",
        "glpat-‹20charactersoftoken00›",
        "xoxb-‹1234567890-abcdefghij›",
        "AGE-SECRET-KEY-1‹QQPQXG6Y0WUCLTR›",
        "-----BEGIN RSA PRIVATE KEY-----\n‹MIIEowIBAAKCAQEA›\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\n‹MIIEowIBAAKCAQEA and the log was cut here›",
        "‹abcdEFGHijklMNOP0123\\nqrstUVWX4567›\\n-----END PRIVATE KEY-----\\n\", \"client\": 1",
        "tool --secret-key ‹abc123› --bucket b",
        "curl -s -u ‹me:hunter2› https://example.org",
        "curl --user ‹me:hunter2› https://example.org",
        "repo1-cipher-pass=‹zWaf6XtpjIVZC5444yXB›",
        "WALG_LIBSODIUM_KEY_SECRET=‹abc›",
        "client_secret=‹abc~def.123›&grant_type=x",
        "OS_PASSWORD=\"‹with blank inside›\"",
      })
  void shouldHide(String line) {
    String secret = line.substring(line.indexOf('‹') + 1, line.indexOf('›'));

    String masked = Masking.mask(line.replace("‹", "").replace("›", ""));
    assertThat(masked).doesNotContain(secret).contains("***");
    if (secret.contains("RET1")) {
      assertThat(masked).as("a part of it").doesNotContain("RET1");
    }
  }

  @ParameterizedTest
  @MethodSource("sharedHarmless")
  @ValueSource(
      strings = {
        "2026-11-22 09:10:10.123 UTC [77] LOG:  archive command failed with exit code 1",
        "DETAIL:  The failed archive command was: wal-e wal-push pg_wal/000000010000000000000003",
        "000000010000000000000003.00000028.backup",
        "base_000000010000000000000002_00000040",
        "s3://bucket/cluster/wal_005/000000010000000A000000FF.lzo",
        "prefix=s3/bucket/cluster key=s3://bucket/wal_005/00000001.lzo rate=123.4 state=complete",
        "wal_e.worker.upload INFO     MSG: completed archiving to a file",
        "STRUCTURED: time=2026-11-22T09:10:10.123456-00 pid=77 action=push-wal"
            + " seg=0000000100000000",
        "FATAL:  password authentication failed for user \"me\"",
        "HINT:  Consult the password file.",
        "the token has expired",
        "The AWS Access Key Id you provided does not exist in our records.",
        "AccessDenied: no such key",
        "NoSuchKey: The specified key does not exist.",
        "the secret was not found",
        "postgres://db1:5432/postgres",
        "https://example.org:8443/path?prefix=a&marker=b",
        "ssh backup@store.example.org",
        "rsync: connection unexpectedly closed (0 bytes received so far)",
        "commit da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "550e8400-e29b-41d4-a716-446655440000",
        "/var/lib/postgresql/15/main/pg_wal/archive_status/000000010000000000000003.ready",
        "/usr/lib/python3/dist-packages/boto/s3/connection.py",
        "  File \"/usr/lib/python3/dist-packages/wal_e/worker/s3/s3_worker.py\", line 77, in do",
        "Traceback (most recent call last):",
        "OSError: [Errno 28] No space left on device",
        "signal 9: Killed",
        "LOG:  checkpoint complete: wrote 77 buffers (0.5%); write=7.7 s, sync=0.1 s, total=7.8 s",
        "lsn 16/B374D848 timeline 1",
        "10:15:00 INFO P00: archive-push command end: completed successfully (77ms)",
        "repo1-path=/var/lib/pgbackrest",
        "pg_dump: error: connection to server on socket \"/run/postgresql/.s.PGSQL.5432\" failed",
        "AKIA is how such a key begins",
        "Bearer of bad news",
        "basic types are documented",
        "passes=3 bypass allowed",
        "monkey=banana keyboard=us",
        "db1:5432:postgres is reachable",
        "12:34:56:78:9a:bc",
        "designature of the house",
        "key 00000001 not found in index",
      })
  void shouldNotHide(String line) {
    assertThat(Masking.mask(line)).isEqualTo(line);
  }
}
