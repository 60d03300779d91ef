package io.engram.experiments.tables;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.cli.AddedCommand;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench tables}. */
@Command(
    name = "tables",
    description = {
      "People's keyed tables (data set 'keyed'), in tasks of 20 rows of one key: what cheap baselines, boosted trees, a mixture of "
          + "them and the preset of 'engram run' lose on the last ten rows of each task before they learn from it."
    },
    mixinStandardHelpOptions = true)
public final class TablesCommand implements AddedCommand, Callable<Integer> {

  private static final int ROWS = 8000;
  private static final int QUICK_ROWS = 4000;
  private static final int EVERY = 10;
  private static final int QUICK_EVERY = 80;

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      converter = AtLeastOne.class,
      names = "--rows",
      paramLabel = "N",
      description = "Rows of each table to read at most. Default: " + ROWS + ".")
  private @Nullable Integer rows;

  @Override
  public Integer call() {
    boolean quick = options.quick();
    int read = rows == null ? (quick ? QUICK_ROWS : ROWS) : rows;
    options.report(
        new TablesBenchmark(data.of("keyed"), read, quick ? QUICK_EVERY : EVERY, options::say)
            .run());
    return 0;
  }
}
