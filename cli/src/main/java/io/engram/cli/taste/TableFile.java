package io.engram.cli.taste;

import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelKind;
import io.engram.cli.columns.LabelPlan;
import io.engram.cli.columns.PlannedColumn;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.role.LearnerSettings;
import io.engram.cli.role.SourceSettings;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.ExampleSource;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.cli.source.csv.CsvSource;
import io.engram.core.learning.TableSettings;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Tensor;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one place that knows what a table's columns are taken for and how its rows become numbers: by the csv source, as 'engram run' does it. */
final class TableFile {

  /** How a column of numbers is called of which there is nothing more to say. */
  static final String PLAIN = "number";

  /** A taste tells no more apart: what it learns grows with them. */
  private static final int MOST_CLASSES = 100;

  private final Wanted wanted;
  private final Layers layers;

  private TableFile(Wanted wanted, Layers user) {
    this.wanted = wanted;
    this.layers = asked(learning(user.withPreset("csv")), wanted);
  }

  /**
   * Reads a table.
   *
   * @param user what else is configured
   * @throws SourceException if it cannot be read or has nothing to predict
   */
  static Table read(Wanted wanted, Layers user) {
    if (Files.isDirectory(wanted.file()) || !Files.isReadable(wanted.file())) {
      throw new SourceException(
          "the table %s cannot be read: %s; name a CSV file with a header"
              .formatted(
                  wanted.file().toAbsolutePath().normalize(),
                  Files.exists(wanted.file())
                      ? "it is no file, or not readable"
                      : "there is none"));
    }
    return new TableFile(wanted, user).table();
  }

  /** Tasks are held out by the taste itself. */
  private static Layers learning(Layers layers) {
    return layers
        .withOption("learner.algorithm", "taste", TableSettings.NAME)
        .withOption("learner.score-untrained", "taste", "true")
        .withOption("learner.held-out.share", "taste", "0");
  }

  private static Layers asked(Layers layers, Wanted wanted) {
    Wanted.Columns columns = wanted.columns();
    Layers asked =
        layers
            // Below a file there is no state: no plan of columns that an earlier run left.
            .withOption("state-dir", "taste", wanted.file().resolve("none").toString())
            .withOption("source.kind", "taste", "csv")
            .withOption("source.csv.file", "FILE", wanted.file().toString())
            .withOption("source.csv.key", "--key", wanted.key())
            .withOption("source.csv.label", "--label", wanted.label());
    asked = with(asked, "source.csv.ignore", "--ignore", String.join(",", columns.ignore()));
    asked = with(asked, "source.csv.columns", "--column", String.join(",", columns.choices()));
    asked = with(asked, "source.csv.missing", "--missing", columns.missing());
    return columns.kind() == LabelKind.AUTO
        ? asked
        : with(asked, "source.csv.kind", "taste", columns.kind().name().toLowerCase(Locale.ROOT));
  }

  private static Layers with(Layers layers, String key, String option, String value) {
    return value.isEmpty() ? layers : layers.withOption(key, option, value);
  }

  private Table table() {
    SourceSettings.Opened opened =
        SourceSettings.open(Settings.load(layers), InputStream.nullInputStream(), line -> {});
    try (ExampleSource source = opened.source();
        Cursor cursor = source.open(0)) {
      ColumnPlan plan = ((CsvSource) source).plan();
      requireFewClasses(plan.label());
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
      requireUsable(rows.size(), plan.regression() ? 2 : classes.size(), first);
      return new Table(
          notes(plan),
          List.copyOf(classes.keySet()),
          rows,
          new Table.Refusals(refused, first),
          record != null,
          learner(opened));
    }
  }

  private static Row row(String key, LabeledExample example, Map<String, Integer> classes) {
    float[] inputs = Tensors.floats(example.getFeatures());
    if (example.getLabel() instanceof Tensor number) {
      return new Row(key, inputs, Tensors.floats(number)[0]);
    }
    String name = example.getLabel().toString();
    return new Row(key, inputs, classes.computeIfAbsent(name, fresh -> classes.size()));
  }

  /** Of the whole file: the learner makes room for all of them. */
  private void requireFewClasses(LabelPlan label) {
    if (label instanceof LabelPlan.Classes classes && classes.values().size() > MOST_CLASSES) {
      throw new SourceException(
          "the label column '%s' of %s holds %,d classes, a taste tells at most %d apart; name another with --label, or predict numbers with --regression"
              .formatted(wanted.label(), wanted.file(), classes.values().size(), MOST_CLASSES));
    }
  }

  private void requireUsable(int rows, int classes, String refusal) {
    if (rows == 0) {
      throw new SourceException(
          "no row of %s can be used; the first: %s".formatted(wanted.file(), refusal));
    }
    if (classes < 2) {
      throw new SourceException(
          "the label column '%s' of %s holds %d class in the %,d rows read, at least 2 are needed; read more with --rows"
              .formatted(wanted.label(), wanted.file(), classes, rows));
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

  /** The key first, the label last. */
  private static List<ColumnNote> notes(ColumnPlan plan) {
    List<ColumnNote> notes = new ArrayList<>();
    notes.add(new ColumnNote(plan.key(), "key"));
    for (PlannedColumn column : plan.columns()) {
      notes.add(
          new ColumnNote(
              column.name(),
              column.words().substring("column %s: ".formatted(column.name()).length())));
    }
    String label = plan.label().column();
    notes.add(
        new ColumnNote(
            label,
            "label, " + plan.label().words().substring("label %s: ".formatted(label).length())));
    return notes;
  }
}
