package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.columns.LabelKind;
import io.engram.cli.config.InvalidSettings;
import io.engram.cli.taste.Taste;
import io.engram.cli.taste.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Two minutes on a table one has never seen. */
@Command(
    name = "taste",
    description = {
      "Says in two minutes whether Engram is worth running on a table: what its columns and keys are, how much keys differ, and how Engram does beside simple"
          + " answers on tasks that it has not learned from. Starts no broker and keeps nothing."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram taste sales.csv --key city --label sold",
      "  engram taste orders.csv.gz --key tenant --label outcome --classification --html page.html",
      "  engram taste readings.csv --key station --label pm25 --rows 200000 --seconds 600 --json"
    })
final class TasteCommand implements Callable<Integer> {

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Parameters(paramLabel = "FILE", description = "CSV with a header; may end in .gz.")
  private Path file = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "COL",
      required = true,
      description = "Column that says what belongs together: user, station …")
  private String key = "";

  @Option(
      names = "--label",
      paramLabel = "COL",
      required = true,
      description = "Column to predict.")
  private String label = "";

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns to leave out.")
  private List<String> ignore = new ArrayList<>();

  @ArgGroup(exclusive = true)
  private @Nullable Kind kind;

  @Option(
      names = "--column",
      paramLabel = "COL=KIND",
      description =
          "What a column is, where it was taken for something else: text, words, number, date, date:PATTERN, yes-no or ignore. May be "
              + "given several times.")
  private List<String> choices = new ArrayList<>();

  @Option(
      names = "--missing",
      paramLabel = "HOW",
      defaultValue = "",
      description =
          "What becomes of missing features: mark (default: their column's mean so far, and a number that says so), mean or reject.")
  private String missing = "";

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "40000",
      description = "Rows to read at most (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "120",
      description = "How long it may take, about (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--html",
      paramLabel = "PAGE",
      description = "Also write a page to send to somebody.")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print all figures as one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** What the label column holds. */
  private static final class Kind {
    @Option(
        names = "--classification",
        description = "The label column names classes (default: as it looks).")
    private boolean classification;

    @Option(names = "--regression", description = "The label column holds numbers.")
    private boolean regression;

    LabelKind wanted() {
      return regression && !classification ? LabelKind.REGRESSION : LabelKind.CLASSIFICATION;
    }
  }

  @Override
  public Integer call() throws IOException {
    CommandLine line = requireNonNull(spec).commandLine();
    Wanted wanted =
        new Wanted(
            file,
            key,
            label,
            new Wanted.Columns(
                ignore, choices, kind == null ? LabelKind.AUTO : kind.wanted(), missing),
            new Wanted.Limits(rows, seconds));
    if (page != null) {
      requireWritable(page);
    }
    Taste taste =
        Taste.of(
            wanted,
            config.layers(System.getenv()),
            what -> {
              line.getErr().println("taste: " + what);
              line.getErr().flush();
            });
    if (page != null) {
      Files.writeString(page, taste.page());
    }
    if (json) {
      line.getOut().println(taste.json());
      line.getOut().flush();
    } else {
      taste.print(line.getOut());
    }
    return ExitCodes.OK;
  }

  /** Not found out after two minutes. */
  private static void requireWritable(Path page) {
    Path directory = page.toAbsolutePath().normalize().getParent();
    if (Files.isDirectory(page)
        || directory == null
        || !Files.isDirectory(directory)
        || !Files.isWritable(directory)) {
      throw new InvalidSettings(
          "--html: cannot write %s; name a file in a directory that exists and can be written to"
              .formatted(page));
    }
  }
}
