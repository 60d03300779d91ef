package io.engram.cli.source.csv;

import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows into labeled examples, or says why not. Keeps the running means of the columns; owned by one thread. */
final class RowReader {

  private final CsvHeader header;
  private final CsvSettings settings;
  private final CsvFields fields;
  private final double[] sums;
  private final long[] counts;

  RowReader(CsvHeader header, CsvSettings settings) {
    this.header = header;
    this.settings = settings;
    this.fields = new CsvFields(settings.delimiter());
    this.sums = new double[header.columns().size()];
    this.counts = new long[header.columns().size()];
  }

  /** A row that is no example: a word to count by, and the column and what is wrong there. */
  private static final class BadRow extends Exception {
    private static final long serialVersionUID = 1L;
    private final String category;

    BadRow(String category, String problem) {
      super(problem, null, false, false);
      this.category = category;
    }
  }

  SourceRecord read(long index, Lines.Line line) {
    String key = null;
    try {
      List<String> row = cut(line);
      key = row.get(header.key());
      if (CsvFields.missing(key)) {
        throw new BadRow("missing-key", in(header.key()) + "the task key is missing");
      }
      float[] features = features(row);
      LabeledExample example =
          new LabeledExample(
              settings.file() + ":" + line.number(),
              Tensors.float32(features, features.length),
              label(row),
              null,
              Part.AUTO);
      return new SourceRecord.Example(index, key, example);
    } catch (BadRow bad) {
      return refused(index, key, line, bad);
    }
  }

  private SourceRecord refused(long index, @Nullable String key, Lines.Line line, BadRow bad) {
    String reason = "row %d%s".formatted(line.number(), bad.getMessage());
    return new SourceRecord.Refused(
        index,
        key == null || CsvFields.missing(key) ? null : key,
        line.text().getBytes(StandardCharsets.UTF_8),
        new Rejected(
            bad.category, reason, new Rejected.Source.File(settings.file(), line.number())));
  }

  static boolean isNumber(String text) {
    try {
      Float.parseFloat(text);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private List<String> cut(Lines.Line line) throws BadRow {
    List<String> row;
    try {
      row = fields.of(line.text());
    } catch (CsvFields.Malformed e) {
      throw new BadRow("malformed", ": " + e.getMessage());
    }
    if (row.size() != header.columns().size()) {
      throw new BadRow(
          "wrong-width",
          ": found %d columns, expected %d".formatted(row.size(), header.columns().size()));
    }
    return row;
  }

  private float[] features(List<String> row) throws BadRow {
    float[] features = new float[header.features().size()];
    // A row counts towards the means of its columns even if it is then refused for another column,
    // so every field is read before the first problem is thrown.
    BadRow first = null;
    for (int i = 0; i < features.length; i++) {
      try {
        features[i] = feature(row, header.features().get(i));
      } catch (BadRow bad) {
        first = first == null ? bad : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return features;
  }

  private float feature(List<String> row, int column) throws BadRow {
    if (!CsvFields.missing(row.get(column))) {
      float value = number(row, column);
      sums[column] += value;
      counts[column]++;
      return value;
    }
    if (settings.missing() == CsvSettings.Missing.REJECT) {
      throw new BadRow("missing-feature", in(column) + "the value is missing");
    }
    if (counts[column] == 0) {
      throw new BadRow(
          "missing-feature",
          in(column) + "the value is missing, and no row before had one to take the mean of");
    }
    return (float) (sums[column] / counts[column]);
  }

  private Object label(List<String> row) throws BadRow {
    String label = row.get(header.label());
    if (CsvFields.missing(label)) {
      throw new BadRow("missing-label", in(header.label()) + "the label is missing");
    }
    return settings.kind() == CsvSettings.Kind.CLASSIFICATION
        ? label
        : Tensors.float32(new float[] {number(row, header.label())}, 1);
  }

  private float number(List<String> row, int column) throws BadRow {
    String text = row.get(column);
    float value;
    try {
      value = Float.parseFloat(text);
    } catch (NumberFormatException e) {
      throw new BadRow("not-a-number", in(column) + "found '" + text + "', expected a number");
    }
    if (!Float.isFinite(value)) {
      throw new BadRow("not-finite", in(column) + "found " + text + ", expected a finite number");
    }
    return value;
  }

  private String in(int column) {
    return ", column '%s': ".formatted(header.columns().get(column));
  }
}
