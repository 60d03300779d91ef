package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.learner.backup.RunningLearner;
import io.engram.learner.rocksdb.StoreBackup;
import io.engram.learner.rocksdb.StoreException;
import io.engram.learner.rocksdb.StoreSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A copy of the learner's store, whether it runs or not. */
@Command(
    name = "backup",
    description = {
      "Copies the learner's store to a directory that is empty or does not exist yet. A learner at work is asked to "
          + "make the copy between two groups; on the same disk it takes a fraction of a second and next to no space."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  engram learner backup backups/monday --state learner-state")
final class BackupCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Where the copy goes.")
  private Path target = Path.of("");

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a learner at work (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private long timeout;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path store = LearnerStores.of(Settings.load(options.layers(System.getenv())));
    Path copy = target.toAbsolutePath().normalize();
    StoreSummary summary = backUp(store, copy);
    var out = requireNonNull(spec).commandLine().getOut();
    out.println("backed up to %s: %s".formatted(copy, summary));
    out.flush();
    return ExitCodes.OK;
  }

  private StoreSummary backUp(Path store, Path copy) {
    try {
      return StoreBackup.take(store, copy);
    } catch (StoreException e) {
      if (!e.inUse()) {
        throw e;
      }
      new RunningLearner(store).backUp(copy, Duration.ofSeconds(timeout));
      return StoreBackup.describe(copy);
    }
  }
}
