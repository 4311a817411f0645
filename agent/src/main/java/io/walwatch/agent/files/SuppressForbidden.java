/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.files;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Lets one method call what {@code src/forbidden-apis.txt} forbids. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface SuppressForbidden {
  /** Why there is no other way. */
  String value();
}
