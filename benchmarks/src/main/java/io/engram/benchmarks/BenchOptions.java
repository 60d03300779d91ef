package io.engram.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every bench can be asked for, and how it speaks. */
public final class BenchOptions {

  @Option(names = "--quick", description = "A smoke figure within 45 seconds.")
  private boolean quick;

  @Option(
      names = "--json",
      description =
          "Print nothing but the last line, the figures as JSON; progress goes to the standard error.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec bench;

  /** Whether a smoke figure is enough. */
  public boolean quick() {
    return quick;
  }

  /** Prints one line of progress. */
  public void say(String progress) {
    var line = requireNonNull(bench).commandLine();
    PrintWriter writer = json ? line.getErr() : line.getOut();
    writer.println(progress);
    writer.flush();
  }

  /** Prints the figures. */
  public void report(BenchReport report) {
    PrintWriter out = requireNonNull(bench).commandLine().getOut();
    if (!json) {
      out.print(report.table());
    }
    out.println(report.json());
    out.flush();
  }
}
