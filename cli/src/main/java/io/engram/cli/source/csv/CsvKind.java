package io.engram.cli.source.csv;

import io.engram.cli.columns.Asked;
import io.engram.cli.columns.Blanks;
import io.engram.cli.columns.ColumnChoice;
import io.engram.cli.columns.Decimal;
import io.engram.cli.columns.LabelKind;
import io.engram.cli.columns.LabelPlan;
import io.engram.cli.columns.Marks;
import io.engram.cli.columns.Missing;
import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import io.engram.core.learning.TableSettings;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of a table. Public because it is found by its name. */
public final class CsvKind implements SourceKind {

  private static final List<Integer> HIDDEN = List.of(64, 64);
  private static final int SPARE_CLASSES = 4;

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of("file", "")
            .meaning(
                "Path of the file, or \"-\" for the standard input. What is packed by gzip or zstd is unpacked."),
        Key.of("key", "")
            .meaning(
                "Column with the task key: what belongs together (a user, a station, a device)."),
        Key.of("label", "").meaning("Column to predict."),
        Key.of("ignore", List.of())
            .meaning("Columns to leave out, separated by commas. All others are features."),
        Key.of("columns", List.of())
            .meaning(
                "What single columns are, where the first part of the data does not show it: NAME=text | words | number | date | "
                    + "date:PATTERN | yes-no | ignore, separated by commas. A run says what it took each for."),
        Key.of("kind", "auto")
            .meaning(
                "What the label column holds: classification | regression | auto (numbers with decimals, or more than 20 different "
                    + "numbers, are a regression)."),
        Key.of("spare-classes", SPARE_CLASSES)
            .meaning(
                "Outputs of the network kept for classes that turn up after the start. Rows of a class that finds none are rejected."),
        Key.of("missing", "mark")
            .meaning(
                "What becomes of a row with a missing feature (empty, ?, NA, NaN, null): reject | mean (of its column so far; zeros for "
                    + "text) | mark (the mean, and a number beside it that says so)."),
        Key.of("missing-marks", List.of(Marks.AUTO))
            .meaning(
                "What stands for a missing value, separated by commas, beside an empty cell: auto (?, NA, NaN, null, \\N and what else "
                    + "other programs write) | none | words or numbers, such as -9999. Without auto only these, so that NA may be Namibia."),
        Key.of("decimal", "auto")
            .meaning(
                "How numbers are written: point (1,234.5) | comma (1.234,5) | auto (as fits each column best)."),
        Key.of("delimiter", "auto")
            .meaning("Between two fields: one character, or auto (comma, semicolon, tab or |)."),
        Key.of("charset", "utf-8")
            .meaning(
                "Encoding of the file, such as windows-1252. A byte order mark says it by itself, and UTF-16 is known without one."),
        Key.of("look-ahead", 1000)
            .meaning(
                "Rows of the standard input that are looked at before it starts, to find the classes and so the size of the network. A slow "
                    + "pipe wants fewer; a class that turns up later finds no output. (A file is looked at as a whole.)"),
        Key.of("input-continues", false)
            .meaning(
                "Whether a restart finds rows that go on (true: a live pipe, or a file of new rows) or begin again (false: rows already sent are "
                    + "passed over)."));
  }

  @Override
  public Map<String, Object> preset() {
    return Map.of(
        // The first half of a task adapts, the second half judges, whatever the classes are.
        "ingest.split.support-fraction",
        0.5,
        // What wins on people's tables.
        "learner.algorithm",
        TableSettings.NAME,
        // A table that has ended is all there is: its last rows are learned from too.
        "source.close-at-end",
        true,
        // Raw columns are scaled as they arrive.
        "learner.standardise",
        true,
        // A class keeps its output from task to task: what a name means in one task helps in the
        // next.
        "learner.label-space",
        "global",
        "learner.train-queries",
        0,
        // A version says what it still knows of the whole table.
        "learner.held-out.share",
        0.02);
  }

  @Override
  public Optional<String> withoutClasses(Values values) {
    return values.choice("kind", LabelKind.class) == LabelKind.REGRESSION
        ? Optional.of("source.csv.kind is regression")
        : Optional.empty();
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    CsvSettings settings = settings(request.values());
    CsvSource source =
        CsvSource.open(settings, request.standardInput(), request.state(), request.progress());
    LabelPlan label = source.plan().label();
    boolean regression = label instanceof LabelPlan.Numbers;
    if (regression && request.learner().continual()) {
      throw new OutOfBounds(
          "kind",
          kind(settings),
          "classification: column '%s' holds numbers, and a continual learner tells classes apart"
              .formatted(label.column()));
    }
    NetworkSpec network =
        NetworkPresets.mlp(
            source.features(),
            request.learner().ofTables() ? List.of() : HIDDEN,
            label instanceof LabelPlan.Classes classes ? classes.outputs() : 1,
            regression ? Head.MEAN_SQUARED_ERROR : Head.SOFTMAX_CROSS_ENTROPY);
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put(
        "learner.network", new Suggestion(network.toString(), "columns of " + settings.file()));
    String columns = source.plan().published();
    if (!columns.isEmpty()) {
      suggestions.put("learner.columns", new Suggestion(columns, "columns of " + settings.file()));
    }
    if (settings.reading().inputContinues() && settings.flows()) {
      suggestions.put("source.close-at-end", new Suggestion(false, "source.csv.input-continues"));
    }
    if (regression) {
      // Squared errors have steeper gradients than cross-entropy: steps of 0.1 diverge on raw
      // tables.
      suggestions.put("learner.inner-step-size", new Suggestion(0.02, "regression"));
      suggestions.put("learner.inner-steps", new Suggestion(5, "regression"));
    }
    return new OpenedSource(source, suggestions);
  }

  private static String kind(CsvSettings settings) {
    return settings.asked().kind().name().toLowerCase(Locale.ROOT);
  }

  private static CsvSettings settings(Values values) {
    return new CsvSettings(
        values.text("file"),
        new Asked(
            values.text("key"),
            values.text("label"),
            values.words("ignore"),
            values.words("columns").stream().map(ColumnChoice::parse).toList(),
            values.choice("kind", LabelKind.class),
            new Blanks(
                values.choice("missing", Missing.class), Marks.of(values.words("missing-marks"))),
            values.choice("decimal", Decimal.class),
            values.integer("spare-classes")),
        new CsvSettings.Reading(
            delimiter(values.text("delimiter")),
            charset(values.text("charset")),
            values.integer("look-ahead"),
            values.flag("input-continues")));
  }

  private static @Nullable Character delimiter(String text) {
    if (text.equals(Delimiter.AUTO)) {
      return null;
    }
    if (text.length() != 1) {
      throw new OutOfBounds("delimiter", text, "one character, or auto");
    }
    return text.charAt(0);
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new OutOfBounds("charset", name, "an encoding that Java knows, such as utf-8");
    }
  }
}
