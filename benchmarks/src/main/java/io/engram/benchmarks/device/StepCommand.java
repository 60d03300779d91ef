package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.benchmarks.Machine;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** For this bench itself: one step in this process. Its figures go to a file in {@code --work}. */
@Command(name = "step", hidden = true)
final class StepCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Mixin private RecipeOptions recipe = new RecipeOptions();

  @Parameters(index = "0")
  private StepKind kind = StepKind.CONTRACT;

  @Option(names = "--engine", required = true)
  private String engine = "";

  @Option(names = "--seconds", required = true)
  private double seconds;

  @Option(names = "--out", required = true)
  private Path out = Path.of("");

  @Option(names = "--work", required = true)
  private Path work = Path.of("");

  @Override
  public Integer call() {
    CaseFile cases = new CaseFile(file(work, kind), "device", Machine.here());
    kind.open()
        .run(
            new StepContext(
                engine,
                options.quick(),
                Budget.of(seconds),
                new StepContext.Places(out, work, data),
                recipe,
                cases,
                options::say));
    return 0;
  }

  /** Where a step's figures are. */
  static Path file(Path work, StepKind kind) {
    return work.resolve("step-" + kind.label() + ".json");
  }
}
