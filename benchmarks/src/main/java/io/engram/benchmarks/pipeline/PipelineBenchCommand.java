package io.engram.benchmarks.pipeline;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.Machine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code engram bench pipeline}. */
@Command(
    name = "pipeline",
    description = {
      "Sine waves through everything: broker, ingest, learner, registry and predict as processes, a subscriber here. Examples and tasks a second, with and "
          + "without metrics that somebody scrapes; and how long the last example of a task takes to be a task, a candidate, and a version that the subscriber holds."
    },
    mixinStandardHelpOptions = true)
public final class PipelineBenchCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  public Integer call() throws Exception {
    PipelineBench.Size size =
        options.quick()
            ? new PipelineBench.Size(400, 1, 30)
            : new PipelineBench.Size(3_000, 4, 200);
    options.report(
        new BenchReport("pipeline", Machine.here(), new PipelineBench(size, options::say).run()));
    return 0;
  }
}
