/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Fuzz targets, one a class: a fuzzing JVM runs one. In every build their seeds run as tests;
 * {@code mvn -Pfuzz verify} fuzzes each for ten minutes.
 */
@NullMarked
package io.walwatch.parse.fuzz;

import org.jspecify.annotations.NullMarked;
