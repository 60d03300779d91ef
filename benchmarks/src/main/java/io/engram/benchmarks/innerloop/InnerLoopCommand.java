package io.engram.benchmarks.innerloop;

import io.engram.benchmarks.BenchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench inner-loop}. */
@Command(
    name = "inner-loop",
    description = {
      "Microseconds per task and inner step, beside libtorch, DL4J and the machine's sgemm rate. "
          + "The first use fetches the peers (about 300 MB)."
    },
    mixinStandardHelpOptions = true)
public final class InnerLoopCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(names = "--no-peers", description = "Measure Engram alone.")
  private boolean alone;

  @Override
  public Integer call() {
    options.report(new InnerLoopBenchmark(options.quick(), options::say).run(!alone));
    return 0;
  }
}
