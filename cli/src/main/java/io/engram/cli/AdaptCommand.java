package io.engram.cli;

import static java.util.Objects.requireNonNull;

import io.engram.cli.adapt.EarlierRows;
import io.engram.cli.adapt.FewShotAnswers;
import io.engram.cli.adapt.FewShotFiles;
import io.engram.cli.adapt.TableColumns;
import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Settings;
import io.engram.cli.role.SigningSettings;
import io.engram.cli.role.TopicSettings;
import io.engram.client.Engram;
import io.engram.client.EngramConfig;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.model.ColumnsNote;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a program does with a model, from the shell. */
@Command(
    name = "adapt",
    description = {
      "Adapts the newest version of a model to a few labeled rows and predicts for others. Answers are CSV, or lines of JSON."
    },
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  engram adapt --support five-rows.csv --predict new-rows.csv --label kind",
      "  engram adapt --support five-rows.csv --predict new-rows.csv --label pm25 --ignore station --json",
      "  engram adapt --support three-rows.csv --predict new-rows.csv --label pm25 --similar-from last-month.csv --task-key station"
    })
final class AdaptCommand implements Callable<Integer> {

  private static final int ONE = 1;

  @Mixin private RoleOptions options = new RoleOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "The model (default: ${DEFAULT-VALUE}).")
  private String model = "default";

  @Option(
      names = "--support",
      paramLabel = "FILE",
      required = true,
      description = "CSV with a header: the labeled rows to adapt on.")
  private Path support = Path.of("");

  @Option(
      names = "--predict",
      paramLabel = "FILE",
      required = true,
      description =
          "CSV with a header: the rows to predict for. Where it has the label column too, it is compared with.")
  private Path questions = Path.of("");

  @Option(
      names = "--label",
      paramLabel = "COL",
      required = true,
      description = "The column to be predicted.")
  private String label = "";

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Columns that are neither label nor feature, such as the key.")
  private List<String> ignore = new ArrayList<>();

  @Option(
      names = "--columns",
      paramLabel = "FILE",
      description =
          "What the run took the columns for: the columns.json of its state directory, or 'none' to take each as a number (default: what the "
              + "version says, or else that of --state, if it predicts the same label).")
  private @Nullable String columns;

  /** Where similar tasks are looked for. */
  static final class Similar {

    @Option(
        names = "--similar-from",
        paramLabel = "FILE",
        required = true,
        description =
            "CSV with a header: labeled rows of earlier tasks. The tasks most like the rows to adapt on join them; of classes, the rows "
                + "whose label is among theirs.")
    private Path file = Path.of("");

    @Option(
        names = "--task-key",
        paramLabel = "COL",
        required = true,
        description = "The column of that file that tells its tasks apart.")
    private String key = "";

    @Option(
        names = "--similar",
        paramLabel = "COUNT",
        defaultValue = "3",
        description = "How many tasks join (default: ${DEFAULT-VALUE}).")
    private int count = 3;
  }

  @ArgGroup(exclusive = false)
  private @Nullable Similar similar;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      defaultValue = "utf-8",
      description = "Encoding of the files, such as windows-1252 (default: ${DEFAULT-VALUE}).")
  private String charset = "utf-8";

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long a first version may take to arrive (default: ${DEFAULT-VALUE}).")
  private int seconds = 30;

  @Option(names = "--json", description = "Print lines of JSON, the last one a summary.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  /** What the columns of the model's run were taken for, or null where nobody says. */
  private @Nullable ColumnPlan plan(Model model, Path state) {
    if (columns != null) {
      return columns.equals("none") ? null : ColumnPlan.read(Path.of(columns));
    }
    Optional<ColumnPlan> published = ColumnsNote.of(model.manifest()).map(ColumnPlan::published);
    if (published.isPresent()) {
      return published.get();
    }
    Path found = state.resolve(ColumnPlan.FILE);
    if (!Files.exists(found)) {
      return null;
    }
    ColumnPlan plan = ColumnPlan.read(found);
    return plan.label().column().equals(label) ? plan : null;
  }

  private Charset charset() {
    try {
      return Charset.forName(charset);
    } catch (IllegalArgumentException e) {
      throw new InvalidSettings(
          "--charset: found '%s', expected an encoding that Java knows, such as utf-8"
              .formatted(charset));
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandLine line = requireNonNull(spec).commandLine();
    Settings settings = Settings.load(options.layers(System.getenv()));
    FewShotFiles files = FewShotFiles.reading(support, questions, label, ignore, charset());
    EarlierRows earlier =
        similar == null ? null : EarlierRows.reading(similar.file, similar.key, similar.count);
    EngramConfig config =
        new EngramConfig(
            TopicSettings.read(settings),
            RoleProcess.cluster(settings),
            ONE,
            SigningSettings.read(settings).versions());
    try (Engram engram = Engram.connect(config);
        ModelSubscription subscription = engram.subscribe(model)) {
      Model newest = FewShotAnswers.await(subscription, model, Duration.ofSeconds(seconds));
      ColumnPlan plan = plan(newest, settings.top().path("state-dir"));
      FewShotAnswers answers =
          FewShotAnswers.over(
              files,
              new TableColumns(label, ignore, plan),
              earlier,
              json,
              line.getOut(),
              line.getErr());
      return answers.print(subscription, newest) ? ExitCodes.OK : ExitCodes.FAILURE;
    }
  }
}
