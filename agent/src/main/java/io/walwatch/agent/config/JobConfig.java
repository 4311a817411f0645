/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.config;

import java.time.Duration;

/**
 * A job that {@code walwatch run} runs.
 *
 * @param every how often it is expected to succeed
 */
public record JobConfig(String name, Duration every) {}
