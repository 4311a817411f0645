/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Fuzz targets, one a class: a fuzzing JVM runs one. In every build their seeds run as tests;
 * {@code mvn -Pfuzz verify -pl parsers} fuzzes each for ten minutes, {@code -Dfuzz.seconds=60} for
 * one.
 */
@NullMarked
package io.walwatch.parse.fuzz;

import org.jspecify.annotations.NullMarked;
