package io.engram.benchmarks.answers;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.BenchReport;
import io.engram.benchmarks.Machine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench answers}. */
@Command(
    name = "answers",
    description = {
      "Questions of 20 columns on the topic examples, answers on predictions, labels two seconds later; every role in a process of its own beside the "
          + "broker. How late answers are and how good. Then two processes answer, are killed, stopped and started again: is each question "
          + "answered once, and does the log alone give the same answers once more?"
    },
    mixinStandardHelpOptions = true)
public final class AnswersBenchCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--algorithm",
      description = "What learns: fomaml, table, …; by default ${DEFAULT-VALUE}.")
  private String algorithm = "fomaml";

  @Override
  public Integer call() throws Exception {
    AnswersBench.Size size =
        options.quick()
            ? new AnswersBench.Size(300, 200, 8, 100, 2)
            : new AnswersBench.Size(10_000, 500, 60, 100, 20);
    AnswersBench bench = new AnswersBench(size, algorithm, options::say);
    options.report(new BenchReport("answers", Machine.here(), bench.run()));
    return 0;
  }
}
