package io.engram.experiments.sinusoid;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.learning.RunOptions;
import io.engram.cli.AddedCommand;
import io.engram.engine.fused.FusedEngine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram bench sinusoid}. */
@Command(
    name = "sinusoid",
    description = {
      "Few-shot regression of sine waves: mean squared error after 0, 1, 5 and 10 gradient steps on 5, 10 and 20 points, for MAML, "
          + "its first-order form and Reptile. Interrupted, it goes on from its checkpoints."
    },
    mixinStandardHelpOptions = true)
public final class SinusoidCommand implements AddedCommand, Callable<Integer> {

  private static final int JUDGED = 2000;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private RunOptions run = new RunOptions();

  @Override
  public Integer call() {
    boolean quick = options.quick();
    options.report(
        new SinusoidBenchmark(
                new FusedEngine(),
                quick ? 0.003 : 1,
                run.seed(),
                quick ? 100 : run.judged(JUDGED),
                quick ? null : run.state(),
                options::say)
            .run());
    return 0;
  }

  @Override
  public String parent() {
    return "bench";
  }
}
