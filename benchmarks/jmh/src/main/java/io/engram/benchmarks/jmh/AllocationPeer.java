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
 * allocated per task and step ({@code gc.alloc.rate.norm} of a batch by its task-steps). JMH itself allocates 6 kB an iteration and 36 kB at the
 * end of the last one, whatever it runs: the calmest iteration counts, and what {@link Nothing} has there, which allocates nothing, is taken off.
 */
final class AllocationPeer {

  private static final double MEGABYTE = 1024 * 1024;

  private AllocationPeer() {}

  public static void main(String[] workloads) throws RunnerException {
    double ofJmh = bytesPerSecond(run(Nothing.class, "none").iterator().next());
    for (RunResult result : run(InnerLoopBatch.class, workloads)) {
      String[] workload = result.getParams().getParam("workload").split(";", -1);
      double steps = Double.parseDouble(workload[2]) * Double.parseDouble(workload[4]);
      double batchesPerSecond = result.getPrimaryResult().getScore();
      double bytes = (bytesPerSecond(result) - ofJmh) / batchesPerSecond / steps;
      System.out.println(
          "ANSWER "
              + workload[0]
              + " "
              + result.getParams().getParam("rule")
              + " "
              + Math.max(0, bytes));
    }
  }

  private static Collection<RunResult> run(Class<?> benchmark, String... workloads)
      throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName())
                .param("workload", workloads)
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xmx1g", "-XX:+UseSerialGC")
                .forks(1)
                .warmupIterations(4)
                .warmupTime(TimeValue.milliseconds(500))
                .measurementIterations(4)
                .measurementTime(TimeValue.milliseconds(2500))
                .build())
        .run();
  }

  private static double bytesPerSecond(RunResult result) {
    return MEGABYTE
        * result.getAggregatedResult().getIterationResults().stream()
            .flatMap(iteration -> iteration.getSecondaryResults().entrySet().stream())
            .filter(entry -> entry.getKey().endsWith("gc.alloc.rate"))
            .mapToDouble(entry -> entry.getValue().getScore())
            .min()
            .orElse(Double.NaN);
  }
}
