package io.engram.cli.source.csv;

import io.engram.cli.source.SourceException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A first look at the rows: which classes there are, and whether every feature column holds numbers at all. */
final class CsvScan {

  private final CsvHeader header;
  private final CsvSettings settings;
  private final CsvFields fields;
  private final Set<String> classes = new TreeSet<>();
  private final boolean[] numbers;
  private final @Nullable String[] text;
  private long rows;

  CsvScan(CsvHeader header, CsvSettings settings) {
    this.header = header;
    this.settings = settings;
    this.fields = new CsvFields(settings.delimiter());
    this.numbers = new boolean[header.columns().size()];
    this.text = new String[header.columns().size()];
  }

  void add(Lines.Line line) {
    rows++;
    List<String> row;
    try {
      row = fields.of(line.text());
    } catch (CsvFields.Malformed e) {
      return; // the real pass rejects it, with the reason
    }
    if (row.size() != header.columns().size()) {
      return;
    }
    String label = row.get(header.label());
    if (!CsvFields.missing(label)) {
      classes.add(label);
    }
    header.features().forEach(column -> look(column, row.get(column)));
  }

  long rows() {
    return rows;
  }

  int classes() {
    return classes.size();
  }

  /**
   * Stops before a whole file is rejected row by row.
   *
   * @throws SourceException if a column holds text and never a number, or there are no rows or fewer than two classes
   */
  void check() {
    if (rows == 0) {
      throw new SourceException(settings.file() + " has a header but no rows");
    }
    List<Integer> textual =
        header.features().stream().filter(it -> !numbers[it] && text[it] != null).toList();
    if (!textual.isEmpty()) {
      int column = textual.get(0);
      throw new SourceException(
          "column '%s' of %s holds text (such as '%s') and no number; leave it out with --ignore %s"
              .formatted(
                  header.columns().get(column),
                  settings.file(),
                  text[column],
                  String.join(",", textual.stream().map(header.columns()::get).toList())));
    }
    if (settings.kind() == CsvSettings.Kind.CLASSIFICATION && classes.size() < 2) {
      throw new SourceException(
          "the label column '%s' of %s holds %d class(es), at least 2 are needed"
              .formatted(settings.columns().label(), settings.file(), classes.size()));
    }
  }

  private void look(int column, String field) {
    if (CsvFields.missing(field) || numbers[column]) {
      return;
    }
    if (RowReader.isNumber(field)) {
      numbers[column] = true;
    } else if (text[column] == null) {
      text[column] = field;
    }
  }
}
