/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.archive;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call that {@code src/forbidden-apis.txt} forbids and that nothing else can do. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
@interface SuppressForbidden {
  /** Why nothing else can. */
  String value();
}
