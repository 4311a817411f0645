/* SPDX-License-Identifier: Apache-2.0 */
package io.walwatch.agent.metrics;

import io.walwatch.agent.state.JobCount;
import io.walwatch.agent.state.JobSnapshot;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/** What {@code walwatch run} ran. */
final class JobMetrics {
  private static final List<String> JOB = List.of("job_name");

  private JobMetrics() {}

  static List<Metric> all() {
    MetricList list = new MetricList();
    time(list, "last_start", "When the job was last started.", JobSnapshot::lastStartMillis);
    time(list, "last_success", "When a run last ended well.", JobSnapshot::lastSuccessMillis);
    time(
        list,
        "last_failure",
        "When a run last failed, or was last found to be lost.",
        JobSnapshot::lastFailureMillis);
    gauge(
        list,
        "walwatch_job_last_duration_seconds",
        "How long the run took that ended last.",
        1e3,
        JobSnapshot::lastDurationMillis);
    gauge(
        list,
        "walwatch_job_last_exit_code",
        "Exit code of the run that ended last; 128 + signal, 124 after a time-out.",
        1,
        JobSnapshot::lastExitCode);
    gauge(
        list,
        "walwatch_job_running",
        "1 while a run goes on, else 0.",
        1,
        job -> OptionalLong.of(job.running() > 0 ? 1 : 0));
    runs(list);
    gauge(
        list,
        "walwatch_job_expected_interval_seconds",
        "How often the job ought to end well, from the configuration.",
        1e3,
        JobSnapshot::expectedEveryMillis);
    gauge(
        list,
        "walwatch_job_expected_since_timestamp_seconds",
        "Since when the configuration has the job, as far as the agent remembers.",
        1e3,
        JobSnapshot::expectedSinceMillis);
    spool(list);
    return list.toList();
  }

  private static void runs(MetricList list) {
    list.add(
        MetricKind.COUNTER,
        "walwatch_job_runs_total",
        List.of("job_name", "result"),
        "Runs that are over; lost: the process is gone and no end was recorded.",
        (snapshot, samples) -> {
          for (JobSnapshot job : snapshot.jobs().jobs()) {
            for (JobCount result : List.of(JobCount.SUCCESS, JobCount.FAILURE, JobCount.LOST)) {
              samples.value(job.counts().getOrDefault(result, 0L), job.name(), result.label());
            }
          }
        });
    list.add(
        MetricKind.COUNTER,
        "walwatch_job_refused_total",
        JOB,
        "Runs that did not start, since another one of the job had not ended.",
        (snapshot, samples) ->
            snapshot
                .jobs()
                .jobs()
                .forEach(
                    job ->
                        samples.value(
                            job.counts().getOrDefault(JobCount.REFUSED, 0L), job.name())));
  }

  private static void spool(MetricList list) {
    list.add(
        MetricKind.GAUGE,
        "walwatch_job_spool_success",
        List.of(),
        "1 if the spool can be read into which jobs write, else 0.",
        (snapshot, samples) -> {
          if (snapshot.jobs().watched()) {
            samples.value(snapshot.jobs().problem() == null ? 1 : 0);
          }
        });
    list.add(
        MetricKind.COUNTER,
        "walwatch_job_spool_rejected_total",
        List.of(),
        "Records in the spool that were malformed, or of one job too many.",
        (snapshot, samples) -> samples.value(snapshot.jobs().rejected()));
    list.add(
        MetricKind.GAUGE,
        "walwatch_job_spool_waiting_files",
        List.of(),
        "Files in the spool that are not looked at yet, since there are more than its limit.",
        (snapshot, samples) -> {
          if (snapshot.jobs().watched()) {
            samples.value(snapshot.jobs().filesLeft());
          }
        });
  }

  private static void time(
      MetricList list, String what, String help, Function<JobSnapshot, OptionalLong> millis) {
    gauge(list, "walwatch_job_" + what + "_timestamp_seconds", help, 1e3, millis);
  }

  private static void gauge(
      MetricList list,
      String name,
      String help,
      double divisor,
      Function<JobSnapshot, OptionalLong> value) {
    list.add(
        MetricKind.GAUGE,
        name,
        JOB,
        help,
        (snapshot, samples) -> {
          for (JobSnapshot job : snapshot.jobs().jobs()) {
            value.apply(job).ifPresent(known -> samples.value(known / divisor, job.name()));
          }
        });
  }
}
