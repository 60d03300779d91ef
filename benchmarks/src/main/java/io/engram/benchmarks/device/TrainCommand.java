package io.engram.benchmarks.device;

import static java.util.Objects.requireNonNull;

import io.engram.core.compute.episode.MetaRule;
import io.engram.engine.Engines;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** For this bench itself: a short training whose fingerprint is the last line it prints. */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {

  @Option(names = "--engine", required = true)
  private String engine = "";

  @Option(names = "--case", required = true)
  private String workload = "";

  @Option(names = "--rule", required = true)
  private MetaRule rule = MetaRule.REPTILE;

  @Option(names = "--tasks", required = true)
  private int tasks;

  @Option(names = "--steps", required = true)
  private long steps;

  @Option(names = "--checkpoint")
  private @Nullable Path checkpoint;

  @Option(names = "--every", defaultValue = "1")
  private int every = 1;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Training training = new Training(DeviceCase.of(workload), rule, tasks, steps);
    int threads = Runtime.getRuntime().availableProcessors();
    String fingerprint = training.run(Engines.kind(engine).open(threads), checkpoint, every);
    requireNonNull(spec).commandLine().getOut().println(fingerprint);
    return 0;
  }
}
