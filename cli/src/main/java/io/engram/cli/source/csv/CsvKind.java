package io.engram.cli.source.csv;

import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of a table. Public because it is found by its name. */
public final class CsvKind implements SourceKind {

  private static final List<Integer> HIDDEN = List.of(64, 64);

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of("file", "")
            .meaning(
                "Path of the file, or \"-\" for the standard input. Ends in .gz: is unpacked."),
        Key.of("key", "")
            .meaning(
                "Column with the task key: what belongs together (a user, a station, a device)."),
        Key.of("label", "").meaning("Column to predict."),
        Key.of("ignore", List.of())
            .meaning("Columns to leave out, separated by commas. All others are numeric features."),
        Key.of("kind", "classification").meaning("classification | regression"),
        Key.of("missing", "reject")
            .meaning(
                "What becomes of a row with a missing feature (empty, ? or NA): reject | mean (of its column so far)."),
        Key.of("delimiter", ",").meaning("Between two fields."),
        Key.of("look-ahead", 1000)
            .meaning(
                "Rows of the standard input that are looked at before it starts, to find the classes and so the size of the network. A slow "
                    + "pipe wants fewer; a class that turns up later finds no output. (A file is looked at as a whole.)"),
        Key.of("input-continues", false)
            .meaning(
                "Whether a restart finds the standard input going on (true: a live pipe) or beginning again (false: rows already sent are "
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
        "table",
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
    return values.choice("kind", CsvSettings.Kind.class) == CsvSettings.Kind.REGRESSION
        ? Optional.of("source.csv.kind is regression")
        : Optional.empty();
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    CsvSettings settings = settings(request.values());
    CsvSource source = CsvSource.open(settings, request.standardInput());
    boolean regression = source.classes() == 0;
    NetworkSpec network =
        NetworkPresets.mlp(
            source.features(),
            request.learner().ofTables() ? List.of() : HIDDEN,
            regression ? 1 : source.classes(),
            regression ? Head.MEAN_SQUARED_ERROR : Head.SOFTMAX_CROSS_ENTROPY);
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put(
        "learner.network", new Suggestion(network.toString(), "columns of " + settings.file()));
    if (settings.inputContinues()) {
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

  private static CsvSettings settings(Values values) {
    String delimiter = values.text("delimiter");
    if (delimiter.length() != 1) {
      throw new OutOfBounds("delimiter", delimiter, "one character");
    }
    return new CsvSettings(
        values.text("file"),
        new CsvSettings.Columns(values.text("key"), values.text("label"), values.words("ignore")),
        values.choice("kind", CsvSettings.Kind.class),
        values.choice("missing", CsvSettings.Missing.class),
        delimiter.charAt(0),
        values.integer("look-ahead"),
        values.flag("input-continues"));
  }
}
