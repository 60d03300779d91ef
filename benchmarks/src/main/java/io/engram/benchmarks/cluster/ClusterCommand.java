package io.engram.benchmarks.cluster;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram bench cluster}. */
@Command(
    name = "cluster",
    description = {
      "Runs three brokers with SASL_SSL, SCRAM and the listed rights as processes, and every role as one; kills each in turn, restarts the brokers one "
          + "after another, and takes a right away from each role. Then accounts for every example, task, version and answer. Ends with 1 where a "
          + "promise is not kept. --quick: one broker and the learner are killed, and nothing else."
    },
    mixinStandardHelpOptions = true)
public final class ClusterCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  public Integer call() {
    BenchReport report = new ClusterBenchmark(options.quick(), options::say).run();
    options.report(report);
    return report.cases().stream().anyMatch(it -> Boolean.FALSE.equals(it.met())) ? 1 : 0;
  }
}
