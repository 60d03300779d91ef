package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.config.Settings;
import io.engram.learner.rocksdb.StoreBackup;
import io.engram.learner.rocksdb.StoreSummary;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A backup put where the learner finds it. */
@Command(
    name = "restore",
    description = {
      "Copies a backup to where the learner keeps its store, which must be empty or not exist: nothing is overwritten. "
          + "The next start goes on from there and reads the tasks since."
    },
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = "  engram learner restore backups/monday --state learner-state")
final class RestoreCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "What 'engram learner backup' wrote.")
  private Path backup = Path.of("");

  @Mixin private ConfigOptions options = new ConfigOptions();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    Path store = LearnerStores.of(Settings.load(options.layers(System.getenv())));
    StoreSummary summary = StoreBackup.restore(backup.toAbsolutePath().normalize(), store);
    var out = requireNonNull(spec).commandLine().getOut();
    out.println("restored to %s: %s".formatted(store, summary));
    out.flush();
    return ExitCodes.OK;
  }
}
