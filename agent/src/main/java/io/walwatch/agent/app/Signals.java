/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Reacts to signals. By reflection, since a direct use of {@code sun.misc.Signal} is a warning that
 * javac cannot be told to leave out.
 */
final class Signals {
  private static final Logger logger = LogManager.getLogger(Signals.class);

  private Signals() {}

  /**
   * Runs an action, on a thread of the JVM's, whenever a signal arrives.
   *
   * @param name without SIG, such as {@code TERM}
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
              return method.getName().equals("hashCode") ? 0 : name;
            }
            action.run();
            return null;
          };
      Object instance =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, run);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), instance);
    } catch (ReflectiveOperationException e) {
      logger.warn("SIG{} is not handled here: {}", name, e.toString());
    }
  }
}
