/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import io.walwatch.agent.config.AgentConfig;
import io.walwatch.agent.config.ConfigException;
import io.walwatch.agent.config.WebConfig;
import io.walwatch.agent.config.WebConfig.ClientAuth;
import io.walwatch.agent.config.WebConfig.TlsConfig;
import io.walwatch.agent.config.WebConfigReader;
import io.walwatch.agent.http.Tls;
import io.walwatch.agent.http.WebAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Turns {@code web_config} into what the HTTP server needs: reads it, keys and certificates. */
final class WebAccesses {
  private static final Logger logger = LogManager.getLogger(WebAccesses.class);
  private static final String IN_CLEAR =
      "passwords are sent in clear, since there is no tls_server_config";

  private WebAccesses() {}

  /**
   * Reads all of its files.
   *
   * @throws UsageException when one cannot be used
   */
  static WebAccess load(AgentConfig config) throws UsageException {
    if (config.webConfig().isEmpty()) {
      return WebAccess.OPEN;
    }
    Path file = config.webConfig().get();
    try {
      WebConfig web = WebConfigReader.read(file);
      Optional<Tls> tls =
          web.tls().isPresent() ? Optional.of(tls(web.tls().get())) : Optional.empty();
      if (tls.isEmpty() && !web.users().isEmpty()) {
        logger.warn("{}: {}", file, IN_CLEAR);
      }
      return new WebAccess(tls, web.headers(), web.users());
    } catch (ConfigException e) {
      throw new UsageException(String.join("\nwalwatch: ", e.problems()));
    } catch (IOException e) {
      throw new UsageException("web_config " + file + ": " + e.getMessage());
    }
  }

  private static Tls tls(TlsConfig tls) throws IOException {
    return Tls.load(
        tls.certFile(),
        tls.keyFile(),
        tls.clientCaFile(),
        new Tls.Options(
            tls.clientAuth() == ClientAuth.IF_GIVEN,
            tls.clientAuth() == ClientAuth.REQUIRED,
            tls.protocols(),
            tls.cipherSuites(),
            tls.ownCipherOrder()));
  }
}
