package io.engram.benchmarks.jmh;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs {@link InnerLoopBatch} on the workloads given as arguments and answers {@code ANSWER workload rule bytes} for each, the heap
 * allocated per task and step ({@code gc.alloc.rate.norm} of a batch by its task-steps). JMH itself allocates some 40 kB an
 * iteration, so iterations are long.
 */
final class AllocationPeer {

  private static final String METRIC = "gc.alloc.rate.norm";

  private AllocationPeer() {}

  public static void main(String[] workloads) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(InnerLoopBatch.class.getName())
                    .param("workload", workloads)
                    .addProfiler(GCProfiler.class)
                    .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                    .forks(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.milliseconds(500))
                    .measurementIterations(2)
                    .measurementTime(TimeValue.seconds(5))
                    .build())
            .run();
    for (RunResult result : results) {
      String[] workload = result.getParams().getParam("workload").split(";", -1);
      double steps = Double.parseDouble(workload[2]) * Double.parseDouble(workload[4]);
      double bytes =
          result.getSecondaryResults().entrySet().stream()
              .filter(entry -> entry.getKey().endsWith(METRIC))
              .mapToDouble(entry -> entry.getValue().getScore())
              .findFirst()
              .orElse(Double.NaN);
      System.out.println(
          "ANSWER "
              + workload[0]
              + " "
              + result.getParams().getParam("rule")
              + " "
              + bytes / steps);
    }
  }
}
