package io.engram.cli.source.csv;

import io.engram.cli.columns.BadCell;
import io.engram.cli.columns.ColumnPlan;
import io.engram.cli.columns.LabelPlan;
import io.engram.cli.columns.Marks;
import io.engram.cli.columns.RowEncoder;
import io.engram.cli.columns.Spelling;
import io.engram.cli.source.SourceRecord;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes rows into labeled examples, or says why not. Keeps what depends on the rows before; owned by one thread. */
final class RowReader {

  private final CsvHeader header;
  private final String file;
  private final char delimiter;
  private final CsvFields fields;
  private final RowEncoder encoder;
  private final Marks marks;
  private final LabelPlan label;
  private final Spelling spelling;
  private final @Nullable ClassRoom classes;
  private final Rejections rejections = new Rejections();
  private final Consumer<String> remarks;

  /**
   * @param remarks told of classes that are new
   */
  RowReader(CsvHeader header, String file, ColumnPlan plan, Consumer<String> remarks) {
    this.header = header;
    this.file = file;
    this.delimiter = plan.delimiter().charAt(0);
    this.fields = new CsvFields(delimiter);
    this.encoder = RowEncoder.running(plan);
    this.marks = plan.marks();
    this.label = plan.label();
    this.spelling =
        new Spelling(label instanceof LabelPlan.Classes planned ? planned.values() : List.of());
    this.classes = label instanceof LabelPlan.Classes planned ? new ClassRoom(planned) : null;
    this.remarks = remarks;
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
      if (marks.missing(key)) {
        throw new BadRow("missing-key", in(header.key()) + "the task key is missing");
      }
      float[] features = features(row);
      LabeledExample example =
          new LabeledExample(
              file + ":" + line.number(),
              Tensors.float32(features, features.length),
              label(spelling.of(row.get(header.label())), line.number()),
              null,
              Part.AUTO);
      rejections.taken();
      return new SourceRecord.Example(index, key, example);
    } catch (BadRow bad) {
      return refused(index, key, line, bad);
    }
  }

  /** What was rejected since it was made, in words. */
  List<String> rejections() {
    return rejections.words();
  }

  private SourceRecord refused(long index, @Nullable String key, Lines.Line line, BadRow bad) {
    String reason = "row %d%s".formatted(line.number(), bad.getMessage());
    String problem = String.valueOf(bad.getMessage());
    int column = problem.indexOf("': ");
    rejections.rejected(bad.category + problem.substring(0, Math.max(0, column)), reason);
    return new SourceRecord.Refused(
        index,
        key == null || marks.missing(key) ? null : key,
        line.bytes(),
        new Rejected(bad.category, reason, new Rejected.Source.File(file, line.number())));
  }

  private List<String> cut(Lines.Line line) throws BadRow {
    Lines.Trouble trouble = line.trouble();
    if (trouble != null) {
      throw new BadRow(trouble.word(), " is " + trouble.advice());
    }
    List<String> row;
    try {
      row = fields.of(line.text(), header.columns());
    } catch (CsvFields.Malformed e) {
      throw new BadRow("malformed", ": " + e.getMessage());
    }
    if (row.size() != header.columns().size()) {
      throw new BadRow(
          "wrong-width",
          ": found %d columns, expected %d%s"
              .formatted(
                  row.size(),
                  header.columns().size(),
                  row.size() > header.columns().size()
                      ? "; a field that holds '%s' must stand in double quotes".formatted(delimiter)
                      : ""));
    }
    return row;
  }

  private float[] features(List<String> row) throws BadRow {
    try {
      return encoder.encode(header.others(row));
    } catch (BadCell bad) {
      throw new BadRow(bad.category(), ", " + bad.getMessage());
    }
  }

  private Object label(String cell, long row) throws BadRow {
    boolean numbered = label instanceof LabelPlan.Numbers;
    if (numbered ? marks.missingQuantity(cell) : marks.missing(cell)) {
      throw new BadRow("missing-label", in(header.label()) + "the label is missing");
    }
    if (label instanceof LabelPlan.Numbers numbers) {
      try {
        return Tensors.float32(new float[] {numbers.numeric().value(cell)}, 1);
      } catch (BadCell bad) {
        throw new BadRow(bad.category(), in(header.label()) + bad.getMessage());
      }
    }
    if (classes != null) {
      ClassRoom.Seat seat = classes.seat(cell, row);
      seat.remark().ifPresent(remarks);
      if (!seat.placed()) {
        throw new BadRow("no-room", in(header.label()) + classes.refusal(cell));
      }
    }
    return cell;
  }

  private String in(int column) {
    return ", column '%s': ".formatted(header.columns().get(column));
  }
}
