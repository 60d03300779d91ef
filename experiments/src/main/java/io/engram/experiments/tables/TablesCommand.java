package io.engram.experiments.tables;

import io.engram.benchmarks.AtLeastOne;
import io.engram.benchmarks.BenchOptions;
import io.engram.benchmarks.DataDirectory;
import io.engram.cli.AddedCommand;
import io.engram.experiments.tables.TablesBenchmark.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code engram bench tables}. */
@Command(
    name = "tables",
    description = {
      "People's keyed tables (data set 'keyed', Beijing's air and electricity), in tasks of 20 rows of one key: what cheap baselines, "
          + "boosted trees and the preset of 'engram run' lose on the last ten rows of each task before they learn from it."
    },
    mixinStandardHelpOptions = true)
public final class TablesCommand implements AddedCommand, Callable<Integer> {

  private static final int ROWS = 8000;
  private static final int QUICK_ROWS = 4000;
  private static final int EVERY = 10;
  private static final int QUICK_EVERY = 80;
  private static final Set<String> QUICK =
      Set.of("texas_home_sales", "school_chemistry", "rain_tomorrow");

  @Mixin private BenchOptions options = new BenchOptions();

  @Mixin private DataDirectory data = new DataDirectory();

  @Option(
      converter = AtLeastOne.class,
      names = "--rows",
      paramLabel = "N",
      description = "Rows of each table to read at most. Default: " + ROWS + ".")
  private @Nullable Integer rows;

  @Option(
      names = "--shuffled",
      description =
          "Deals the labels of each key out anew: nothing can be learned from rows any more, and the preset must not lose by trying.")
  private boolean shuffled;

  @Option(
      names = "--keep",
      paramLabel = "DIR",
      description =
          "Directory that keeps what each stream gave: started again, the bench goes on with those that are not done.")
  private @Nullable Path keep;

  @Override
  public Integer call() throws IOException {
    boolean quick = options.quick();
    int read = rows == null ? (quick ? QUICK_ROWS : ROWS) : rows;
    Path keyed = data.of("keyed");
    Path made = Files.createTempDirectory("engram-tables");
    try {
      List<Table> tables = new ArrayList<>(Table.of(keyed));
      if (quick) {
        tables.removeIf(table -> !QUICK.contains(table.name()));
      } else {
        tables.addAll(Table.of(made, more(keyed, read, made)));
      }
      if (shuffled) {
        tables.replaceAll(Table::shuffled);
      }
      options.report(
          new TablesBenchmark(
                  tables, read, quick ? QUICK_EVERY : EVERY, new KeptOutcomes(keep), options::say)
              .run());
    } finally {
      for (String name : MoreTables.NAMES) {
        Files.deleteIfExists(made.resolve(name + ".csv.gz"));
      }
      Files.deleteIfExists(made);
    }
    return 0;
  }

  /** Beside the keyed tables, two made of others, where those are there. */
  private Map<String, Boolean> more(Path keyed, int read, Path made) {
    Path air = keyed.resolveSibling("beijing_air_quality");
    Path electricity = keyed.resolveSibling("electricity");
    for (Path missing : List.of(air, electricity)) {
      if (!Files.isDirectory(missing)) {
        options.say("left out, for its data are not there: " + missing);
      }
    }
    return MoreTables.write(
        Files.isDirectory(air) ? air : null,
        Files.isDirectory(electricity) ? electricity : null,
        read,
        made);
  }

  @Override
  public String parent() {
    return "bench";
  }
}
