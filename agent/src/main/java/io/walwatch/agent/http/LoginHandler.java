/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import io.walwatch.agent.http.Logins.Credentials;
import io.walwatch.agent.state.LoginRefusal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets those through who log in, where users are configured. Passwords are checked one at a time on
 * a thread of their own, a few wait, and more are turned away: whatever others try, who has logged
 * in before is answered at once, and one core at most is busy.
 */
final class LoginHandler implements HttpHandler {
  private static final AttachmentKey<Boolean> LOGGED_IN = AttachmentKey.create(Boolean.class);

  /** Checks that wait or run. */
  private static final int MOST_CHECKS = 16;

  private final Supplier<WebAccess> access;
  private final LoginRefusals refusals;
  private final HttpHandler next;
  private final Logins logins = new Logins();
  private final Semaphore checks = new Semaphore(MOST_CHECKS);
  private final ThreadPoolExecutor executor =
      new ThreadPoolExecutor(
          1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), LoginHandler::thread);

  LoginHandler(Supplier<WebAccess> access, LoginRefusals refusals, HttpHandler next) {
    this.access = access;
    this.refusals = refusals;
    this.next = next;
    executor.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "walwatch-login");
    thread.setDaemon(true);
    return thread;
  }

  /** Whether the client has logged in with a password. */
  static boolean isLoggedIn(HttpServerExchange exchange) {
    return exchange.getAttachment(LOGGED_IN) != null;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) throws Exception {
    Map<String, String> users = access.get().users();
    if (users.isEmpty()) {
      next.handleRequest(exchange);
      return;
    }
    String header = exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION);
    Optional<Credentials> credentials = header == null ? Optional.empty() : Credentials.of(header);
    if (credentials.isEmpty()) {
      refuse(exchange, LoginRefusal.MISSING);
    } else if (logins.isKnown(credentials.get(), users)) {
      letIn(exchange);
    } else if (checks.tryAcquire()) {
      exchange.dispatch(executor, asked -> check(asked, credentials.get(), users));
    } else {
      refusals.count(LoginRefusal.BUSY);
      exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
      exchange.getResponseHeaders().put(Headers.RETRY_AFTER, 1);
      Text.send(exchange, "Too many logins at once; try again.\n");
    }
  }

  private void check(
      HttpServerExchange exchange, Credentials credentials, Map<String, String> users)
      throws Exception {
    boolean right;
    try {
      right = logins.check(credentials, users);
    } finally {
      checks.release();
    }
    if (right) {
      // What comes next may wait, for the loop or a disk, and other passwords are to be checked.
      exchange.dispatch(exchange.getIoThread(), this::letIn);
    } else {
      refuse(exchange, LoginRefusal.WRONG);
    }
  }

  private void letIn(HttpServerExchange exchange) throws Exception {
    exchange.putAttachment(LOGGED_IN, true);
    next.handleRequest(exchange);
  }

  /** The same for a wrong name, a wrong password, and none. */
  private void refuse(HttpServerExchange exchange, LoginRefusal reason) {
    refusals.count(reason);
    exchange.setStatusCode(StatusCodes.UNAUTHORIZED);
    exchange
        .getResponseHeaders()
        .put(Headers.WWW_AUTHENTICATE, "Basic realm=\"walwatch\", charset=\"UTF-8\"");
    Text.send(
        exchange,
        "Log in with a name and a password of basic_auth_users in walwatch's web_config.\n");
  }
}
