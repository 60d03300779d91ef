package io.engram.benchmarks.device;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench device}. */
@Command(
    name = "device",
    description = {
      "An engine on this machine's card: its contract suite, agreement with the fused engine, the same bits twice and after kill -9, the "
          + "time of a meta-update beside PyTorch on the same card, and MAML's published recipe on Omniglot. Keeps within its budget; "
          + "called again with the same directory, the recipe goes on."
    },
    subcommands = {StepCommand.class, TrainCommand.class, DrawingsCommand.class},
    mixinStandardHelpOptions = true)
public final class DeviceCommand implements Callable<Integer> {

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private RecipeOptions recipe = new RecipeOptions();

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "cuda",
      description = "The engine under test. Default: ${DEFAULT-VALUE}.")
  private String engine = "cuda";

  @Option(
      names = "--only",
      paramLabel = "STEP",
      split = ",",
      description = "Only these steps, of: ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<StepKind> only = EnumSet.allOf(StepKind.class);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "480",
      converter = AtLeastOne.class,
      description = "Ends within this time. Default: ${DEFAULT-VALUE}.")
  private int seconds = 480;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "engram-state/device",
      description =
          "Where device.json, device.txt, device.log, peer.json and the recipe's checkpoint go. Default: ${DEFAULT-VALUE}.")
  private Path out = Path.of("engram-state", "device");

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Directory that holds the data sets, for the recipe. Default: as in the other benches.")
  private @Nullable Path data;

  @Override
  public Integer call() {
    try {
      Files.createDirectories(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to " + out, e);
    }
    Path work = Directories.temporary();
    try (Results results = new Results(out.toAbsolutePath(), options::say)) {
      new Session(engine, EnumSet.copyOf(only), Budget.of(seconds), results, work)
          .run(stepArguments(work));
      options.report(results.report());
    } finally {
      Directories.delete(work);
    }
    return 0;
  }

  /** What every step is given alike. */
  private List<String> stepArguments(Path work) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--engine",
                engine,
                "--out",
                out.toAbsolutePath().toString(),
                "--work",
                work.toString()));
    if (options.quick()) {
      arguments.add("--quick");
    }
    if (data != null) {
      arguments.addAll(List.of("--data", data.toAbsolutePath().toString()));
    }
    arguments.addAll(recipe.arguments());
    return arguments;
  }
}
