package io.engram.cli.taste;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.core.learning.TableSettings;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one place that knows what a table's columns are taken for and how its rows become numbers: by the csv source, as 'engram run' does it. */
final class TableFile {

  /** A taste tells no more apart: what it learns grows with them. */
  private static final int MOST_CLASSES = 100;

  private final Wanted wanted;
  private final FirstLook look;
  private final boolean regression;
  private final Layers layers;

  private TableFile(Wanted wanted, Layers user) {
    this.wanted = wanted;
    Layers named = named(user.withPreset("csv"), wanted);
    this.look = FirstLook.at(wanted.file(), delimiter(named), wanted.limits().rows());
    this.regression = regression();
    this.layers =
        named
            .withOption("source.csv.ignore", "--ignore", String.join(",", leftOut()))
            .withOption("source.csv.kind", "taste", regression ? "regression" : "classification");
  }

  /**
   * Reads a table.
   *
   * @param user what else is configured
   * @throws SourceException if it cannot be read or has nothing to predict
   */
  static Table read(Wanted wanted, Layers user) {
    return new TableFile(wanted, user).table();
  }

  private static Layers named(Layers layers, Wanted wanted) {
    return layers
        .withOption("source.kind", "taste", "csv")
        .withOption("source.csv.file", "FILE", wanted.file().toString())
        .withOption("source.csv.key", "--key", wanted.key())
        .withOption("source.csv.label", "--label", wanted.label())
        .withOption("source.csv.missing", "--missing", wanted.missing())
        .withOption("learner.algorithm", "taste", TableSettings.NAME)
        .withOption("learner.score-untrained", "taste", "true");
  }

  /** What is no delimiter is told by the source. */
  private static char delimiter(Layers layers) {
    String text = Settings.load(layers).section("source").section("csv").text("delimiter");
    return text.length() == 1 ? text.charAt(0) : ',';
  }

  private boolean regression() {
    ColumnLook label = look.of(wanted.label());
    if (wanted.kind() == Wanted.Kind.REGRESSION
        && !label.holdsNumbers()
        && !label.text().isEmpty()) {
      throw new SourceException(
          "the label column '%s' of %s holds text (such as '%s'), no numbers to predict; say --classification if its texts are classes"
              .formatted(wanted.label(), wanted.file(), label.text()));
    }
    return wanted.kind() == Wanted.Kind.REGRESSION
        || (wanted.kind() == Wanted.Kind.AUTO && label.quantities());
  }

  private List<String> leftOut() {
    List<String> names = new ArrayList<>(wanted.ignore());
    look.columns()
        .forEach(
            (name, column) -> {
              if (!column.numeric() && !keyOrLabel(name) && !names.contains(name)) {
                names.add(name);
              }
            });
    Set<String> all = look.columns().keySet();
    if (all.contains(wanted.key())
        && all.contains(wanted.label())
        && names.size() + 2 >= all.size()) {
      throw new SourceException(
          "no column of %s is left to predict '%s' from: beside key and label %s; a feature is a column of numbers"
              .formatted(
                  wanted.file(),
                  wanted.label(),
                  names.isEmpty() ? "there is none" : "there is only " + String.join(", ", names)));
    }
    return names;
  }

  private boolean keyOrLabel(String name) {
    return name.equals(wanted.key()) || name.equals(wanted.label());
  }

  private Table table() {
    SourceSettings.Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    try (ExampleSource source = opened.source();
        Cursor cursor = source.open(0)) {
      Map<String, Integer> classes = new LinkedHashMap<>();
      List<Row> rows = new ArrayList<>();
      int refused = 0;
      String first = "";
      SourceRecord record = cursor.next();
      while (record != null && rows.size() + refused < wanted.limits().rows()) {
        if (record instanceof SourceRecord.Example example) {
          rows.add(row(example.key(), example.value(), classes));
        } else if (record instanceof SourceRecord.Refused bad) {
          refused++;
          first = first.isEmpty() ? bad.why().reason() : first;
        }
        record = cursor.next();
      }
      TableSettings learner = learner(opened);
      requireUsable(rows.size(), classes.size(), first);
      requireFewClasses(learner.shape().outputs());
      return new Table(
          notes(),
          List.copyOf(classes.keySet()),
          rows,
          new Table.Refusals(refused, first),
          record != null,
          learner);
    }
  }

  private Row row(String key, LabeledExample example, Map<String, Integer> classes) {
    float[] inputs = Tensors.floats(example.getFeatures());
    if (example.getLabel() instanceof Tensor number) {
      return new Row(key, inputs, Tensors.floats(number)[0]);
    }
    String name = example.getLabel().toString();
    return new Row(key, inputs, classes.computeIfAbsent(name, fresh -> classes.size()));
  }

  private void requireUsable(int rows, int classes, String refusal) {
    if (rows == 0) {
      throw new SourceException(
          "no row of %s can be used; the first: %s".formatted(wanted.file(), refusal));
    }
    if (!regression && classes < 2) {
      throw new SourceException(
          "the label column '%s' of %s holds %d class in the %,d rows read, at least 2 are needed; read more with --rows"
              .formatted(wanted.label(), wanted.file(), classes, rows));
    }
  }

  /** Of the whole file: the learner makes room for all of them. */
  private void requireFewClasses(int classes) {
    if (classes > MOST_CLASSES) {
      throw new SourceException(
          "the label column '%s' of %s holds %,d classes, a taste tells at most %d apart; name another with --label, or predict numbers with --regression"
              .formatted(wanted.label(), wanted.file(), classes, MOST_CLASSES));
    }
  }

  private TableSettings learner(SourceSettings.Opened opened) {
    Settings settings = Settings.load(layers.withDerived(opened.derived()));
    return LearnerSettings.lifelong(settings)
        .either(
            ofTasks -> {
              throw new IllegalStateException("a taste learns from tables");
            },
            ofStream -> {
              throw new IllegalStateException("a taste learns from tables");
            },
            ofTables -> ofTables);
  }

  private List<ColumnNote> notes() {
    List<ColumnNote> notes = new ArrayList<>();
    look.columns().forEach((name, column) -> notes.add(note(name, column)));
    return notes;
  }

  private ColumnNote note(String name, ColumnLook column) {
    if (name.equals(wanted.key())) {
      return new ColumnNote(name, "key", "");
    }
    if (name.equals(wanted.label())) {
      return new ColumnNote(name, "label", regression ? "numbers" : "classes");
    }
    if (wanted.ignore().contains(name)) {
      return new ColumnNote(name, "left out", "as asked");
    }
    return column.numeric()
        ? new ColumnNote(name, "number", column.remark())
        : new ColumnNote(name, "left out", column.whyLeftOut());
  }
}
