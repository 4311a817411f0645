/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import io.walwatch.agent.config.WebConfig.ClientAuth;
import io.walwatch.agent.config.WebConfig.TlsConfig;
import io.walwatch.agent.config.yaml.InvalidValueException;
import io.walwatch.agent.config.yaml.YamlDocument;
import io.walwatch.agent.config.yaml.YamlMapping;
import io.walwatch.agent.config.yaml.YamlProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * Reads a {@code web_config} file. What this program cannot do is refused, never ignored: a port
 * that is less protected than its file says is worse than none.
 */
public final class WebConfigReader {
  private static final long MAX_BYTES = 1 << 20;

  /** Each step doubles the time; 15 takes seconds of processor time on a database host. */
  private static final int MOST_COST = 15;

  private static final Pattern BCRYPT =
      Pattern.compile("\\$2[abxy]\\$([0-9]{2})\\$[./A-Za-z0-9]{53}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[ -~]+");
  private static final List<String> VERSIONS = List.of("TLS12", "TLS13");
  private static final List<String> PROTOCOLS = List.of("TLSv1.2", "TLSv1.3");
  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Content-Security-Policy", List.of(),
          "X-Frame-Options", List.of("deny", "sameorigin"),
          "X-Content-Type-Options", List.of("nosniff"),
          "X-XSS-Protection", List.of(),
          "Strict-Transport-Security", List.of());

  private final Path directory;

  private WebConfigReader(Path directory) {
    this.directory = directory;
  }

  /**
   * Reads a file. Relative paths in it count from its own directory.
   *
   * @throws ConfigException when it cannot be read or used
   */
  public static WebConfig read(Path file) throws ConfigException {
    YamlProblems problems = new YamlProblems(file.toString());
    Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a parent");
    Optional<WebConfig> config =
        YamlDocument.open(text(file), problems).map(new WebConfigReader(parent)::config);
    List<String> messages = problems.messages();
    if (!messages.isEmpty() || config.isEmpty()) {
      throw new ConfigException(messages);
    }
    return config.get();
  }

  private static String text(Path file) throws ConfigException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException("web_config " + file + " is larger than 1 MiB");
      }
      return Files.readString(file);
    } catch (NoSuchFileException ignored) {
      throw new ConfigException("web_config " + file + " does not exist");
    } catch (IOException e) {
      throw new ConfigException("web_config " + file + " cannot be read: " + e);
    }
  }

  private WebConfig config(YamlMapping root) {
    Optional<TlsConfig> tls = root.mapping("tls_server_config").flatMap(this::tls);
    Map<String, String> headers =
        root.mapping("http_server_config").map(WebConfigReader::http).orElse(Map.of());
    Map<String, String> users =
        root.mapping("basic_auth_users").map(WebConfigReader::users).orElse(Map.of());
    cannot(
        root, "rate_limit", "is not something that walwatch does: its requests are limited anyway");
    root.refuseUnknownKeys();
    return new WebConfig(tls, headers, users);
  }

  private static void cannot(YamlMapping mapping, String key, String rule) {
    if (mapping.has(key)) {
      mapping.refuseSecret(key, rule);
    }
  }

  private Optional<TlsConfig> tls(YamlMapping tls) {
    Optional<Path> cert = tls.required("cert_file", Values.path(directory));
    Optional<Path> key = tls.required("key_file", Values.path(directory));
    Optional<Path> ca = tls.scalar("client_ca_file", Values.path(directory));
    ClientAuth auth =
        tls.scalar("client_auth_type", WebConfigReader::clientAuth).orElse(ClientAuth.NONE);
    if (ca.isPresent() == (auth == ClientAuth.NONE)) {
      tls.refuse(
          ca.isPresent()
              ? "has a client_ca_file and no client_auth_type that asks for certificates"
              : "asks for certificates of clients and has no client_ca_file to check them");
    }
    int least = tls.scalar("min_version", WebConfigReader::version).orElse(0);
    int most = tls.scalar("max_version", WebConfigReader::version).orElse(VERSIONS.size() - 1);
    if (least > most) {
      tls.refuse("max_version", "is older than min_version");
    }
    List<String> suites =
        tls.oneOrMore("cipher_suites", WebConfigReader::cipherSuite).orElse(List.of());
    boolean order = tls.scalar("prefer_server_cipher_suites", Values::flag).orElse(true);
    cannot(tls, "curve_preferences", "cannot be chosen: those of Java hold");
    cannot(tls, "client_allowed_sans", "is not supported: choose a client_ca_file of its own");
    for (String inline : List.of("cert", "key", "client_ca")) {
      cannot(tls, inline, "is not supported: name a file with " + inline + "_file");
    }
    tls.refuseUnknownKeys();
    return cert.flatMap(
        c ->
            key.map(
                k ->
                    new TlsConfig(
                        c,
                        k,
                        auth,
                        ca,
                        PROTOCOLS.subList(Math.min(least, most), most + 1),
                        suites,
                        order)));
  }

  private static ClientAuth clientAuth(String text) throws InvalidValueException {
    return switch (text) {
      case "NoClientCert" -> ClientAuth.NONE;
      case "VerifyClientCertIfGiven" -> ClientAuth.IF_GIVEN;
      case "RequireAndVerifyClientCert" -> ClientAuth.REQUIRED;
      case "RequestClientCert", "RequireAnyClientCert", "RequireClientCert" ->
          throw new InvalidValueException(
              "believes any certificate: write VerifyClientCertIfGiven or"
                  + " RequireAndVerifyClientCert");
      default ->
          throw new InvalidValueException(
              "is none of NoClientCert, VerifyClientCertIfGiven, RequireAndVerifyClientCert");
    };
  }

  private static int version(String text) throws InvalidValueException {
    if (!VERSIONS.contains(text)) {
      throw new InvalidValueException("is neither TLS12 nor TLS13: older ones are not safe");
    }
    return VERSIONS.indexOf(text);
  }

  private static String cipherSuite(String text) throws InvalidValueException {
    var factory = (SSLServerSocketFactory) SSLServerSocketFactory.getDefault();
    Set<String> known = Set.of(factory.getDefaultCipherSuites());
    return Values.oneOf(known, "cipher suite that is safe in this Java").parse(text);
  }

  private static Map<String, String> http(YamlMapping http) {
    if (http.scalar("http2", Values::flag).orElse(false)) {
      http.refuse("http2", "cannot be: walwatch speaks HTTP/1.1 only");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    http.mapping("headers")
        .ifPresent(
            given -> {
              HEADERS.forEach(
                  (name, values) ->
                      given
                          .scalar(name, text -> header(text, values))
                          .ifPresent(value -> headers.put(name, value)));
              given.refuseUnknownKeys();
            });
    http.refuseUnknownKeys();
    return headers;
  }

  private static String header(String text, List<String> values) throws InvalidValueException {
    if (!values.isEmpty() && !values.contains(text)) {
      throw new InvalidValueException("must be one of " + String.join(", ", values));
    }
    if (!HEADER_VALUE.matcher(text).matches()) {
      throw new InvalidValueException("is no value of a header: printable ASCII in one line");
    }
    return text;
  }

  /** Neither a hash nor what may be a password by mistake goes into a message. */
  private static Map<String, String> users(YamlMapping given) {
    Map<String, String> users = new LinkedHashMap<>();
    for (String name : given.names()) {
      given
          .scalar(name, text -> text)
          .ifPresent(
              hash -> {
                Matcher matcher = BCRYPT.matcher(hash);
                if (name.isEmpty() || name.indexOf(':') >= 0) {
                  given.refuseSecret(name, "is no name of a user: it is empty or has a colon");
                } else if (!matcher.matches()) {
                  given.refuseSecret(
                      name, "is no bcrypt hash: make one with htpasswd -nBC 10 NAME");
                } else if (Integer.parseInt(matcher.group(1)) > MOST_COST) {
                  given.refuseSecret(name, "costs too much: at most " + MOST_COST);
                } else if (Integer.parseInt(matcher.group(1)) < 4) {
                  given.refuseSecret(name, "is no bcrypt hash: its cost is below 4");
                } else {
                  users.put(name, hash);
                }
              });
    }
    return users;
  }
}
