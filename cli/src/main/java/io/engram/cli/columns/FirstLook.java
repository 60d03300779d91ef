package io.engram.cli.columns;

import static java.util.Objects.requireNonNull;

import io.engram.cli.source.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the first part of a table, and plans from it what its columns are taken for. Rows behind the first part are looked at for
 * classes and gaps alone. Owned by one thread.
 */
public final class FirstLook {

  /** Rows that columns are judged by; more are looked at for classes and gaps alone. */
  public static final int FIRST_PART = 10_000;

  private final String table;
  private final List<String> names;
  private final int label;
  private final List<Integer> others;
  private final Asked asked;
  private final String delimiter;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<ColumnLook> looks;
  private final List<String> remarks = new ArrayList<>();
  private final LabelLook labels;
  private @Nullable Judgement judgement;

  /**
   * @param table its name, for messages
   * @param names of all columns
   * @param asked names a key and a label that are among them
   * @param delimiter between two fields, which says something about how numbers are written
   */
  public FirstLook(String table, List<String> names, Asked asked, String delimiter) {
    this.table = table;
    this.names = List.copyOf(names);
    this.label = names.indexOf(asked.label());
    this.asked = asked;
    this.delimiter = delimiter;
    this.labels = new LabelLook(table, asked);
    this.others = new ArrayList<>();
    this.looks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (i != label && i != names.indexOf(asked.key())) {
        others.add(i);
        looks.add(new ColumnLook(asked.blanks().marks()));
      }
    }
  }

  /** Takes in a row, which is as wide as the header. */
  public void add(List<String> row) {
    if (rows.size() == FIRST_PART) {
      labels.decide(judge());
      labels.later(row.get(label));
      for (int i = 0; i < looks.size(); i++) {
        looks.get(i).later(row.get(others.get(i)));
      }
      return;
    }
    rows.add(row);
    labels.add(row.get(label));
    for (int i = 0; i < looks.size(); i++) {
      looks.get(i).add(row.get(others.get(i)));
    }
  }

  /**
   * The plan.
   *
   * @param identity what it is made for
   * @param beginning of the table
   * @throws SourceException if there are fewer than two classes, the label column is not what it is said to be, or no feature is left
   */
  public ColumnPlan plan(Map<String, String> identity, ColumnPlan.Beginning beginning) {
    Judgement judged = judge();
    LabelPlan labelPlan = labels.plan(judged, column(label));
    remarks.clear();
    remarks.addAll(labels.remarks());
    if (labelPlan instanceof LabelPlan.Numbers numbers) {
      remark(asked.label(), numbers.numeric(), label);
    }
    List<PlannedColumn> columns = new ArrayList<>();
    for (int i = 0; i < looks.size(); i++) {
      String name = names.get(others.get(i));
      Meaning meaning = judged.of(name, looks.get(i), rows.size());
      columns.add(planned(name, meaning, looks.get(i), column(others.get(i))));
      remark(name, meaning, others.get(i));
      if (meaning instanceof Categories || meaning instanceof HashedText) {
        notAvailable(name, looks.get(i).notAvailable());
      }
      measure(name, meaning, looks.get(i));
    }
    if (columns.stream().noneMatch(PlannedColumn::feature)) {
      throw new SourceException(
          "no feature is left of the columns of %s: all are key, label, empty or ignored"
              .formatted(table));
    }
    return new ColumnPlan(
        ColumnPlan.FORMAT,
        identity,
        delimiter,
        asked.missing(),
        asked.key(),
        labelPlan,
        columns,
        beginning);
  }

  /** What is odd about the rows looked at, a sentence each; known once there is a plan. */
  public List<String> remarks() {
    return List.copyOf(remarks);
  }

  private void remark(String name, Meaning meaning, int position) {
    if (!(meaning instanceof Numeric numeric)) {
      return;
    }
    int key = names.indexOf(asked.key());
    Oddities oddities = new Oddities(name);
    String beside = "";
    int signs = 0;
    for (List<String> row : rows) {
      String cell = row.get(position);
      String plain = numeric.notation().plain(cell);
      if (plain != null && !meaning.missing(cell, asked.blanks().marks())) {
        oddities.add(cell, row.get(key), Double.parseDouble(plain));
        String sign = Notation.beside(cell);
        signs += sign.isEmpty() ? 0 : 1;
        beside = beside.isEmpty() ? sign : beside;
      }
    }
    if (signs > 0) {
      remarks.add(
          "column %s: '%s' stands beside the numbers of %,d of %,d rows and is passed over"
              .formatted(name, beside, signs, rows.size()));
    }
    remarks.addAll(oddities.words());
  }

  private void notAvailable(String name, int count) {
    if (asked.blanks().marks().usual() && count > 0) {
      remarks.add(
          "column %s: %,d rows have '%s', which is taken for a missing value; if it is one of its texts, say --missing-marks none"
              .formatted(name, count, Marks.NOT_AVAILABLE));
    }
  }

  private void measure(String name, Meaning meaning, ColumnLook look) {
    String measure = look.measure();
    boolean text = !(meaning instanceof Moment) && !(meaning instanceof YesNo);
    if (measure != null && text && !asked.ignore().contains(name)) {
      remarks.add(
          "column %s: cells such as '%s' are no numbers; if they are to be, write them without what stands beside"
              .formatted(name, measure));
    }
  }

  private Judgement judge() {
    if (judgement == null) {
      judgement = new Judgement(asked, delimiter, looks);
    }
    return requireNonNull(judgement);
  }

  private List<String> column(int position) {
    return rows.stream().map(row -> row.get(position)).toList();
  }

  private PlannedColumn planned(String name, Meaning meaning, ColumnLook look, List<String> cells) {
    Meaning whole = completed(meaning, cells);
    Gaps gaps =
        whole instanceof LeftOut ? Gaps.NONE : Gaps.of(asked.missing(), look.missingShare(whole));
    return new PlannedColumn(name, whole, gaps, means(whole, cells));
  }

  /** With what depends on every cell of the first part. */
  private static Meaning completed(Meaning meaning, List<String> cells) {
    if (meaning instanceof Numeric numeric) {
      return new Numeric(numeric.notation(), Offset.of(numeric, cells));
    }
    if (meaning instanceof Moment moment) {
      DateForm form = DateForm.of(moment.pattern());
      List<DateForm.Reading> readings =
          cells.stream()
              .map(form::read)
              .filter(Objects::nonNull)
              .map(Objects::requireNonNull)
              .toList();
      boolean hours = readings.stream().anyMatch(it -> it.time() != null);
      long origin =
          readings.stream().mapToLong(it -> (long) Math.floor(it.epochDays())).min().orElse(0);
      return new Moment(moment.pattern(), hours || moment.pattern().isEmpty(), origin);
    }
    return meaning;
  }

  private List<Float> means(Meaning meaning, List<String> cells) {
    if (!meaning.averaged()) {
      return List.of();
    }
    double[] sums = new double[meaning.width()];
    long count = 0;
    for (String cell : cells) {
      float[] numbers = new float[sums.length];
      try {
        if (!meaning.missing(cell, asked.blanks().marks())) {
          meaning.encode(cell, numbers, 0);
          count++;
          for (int i = 0; i < sums.length; i++) {
            sums[i] += numbers[i];
          }
        }
      } catch (BadCell bad) {
        // The row is rejected when it is read.
      }
    }
    List<Float> means = new ArrayList<>();
    for (double sum : sums) {
      means.add(count == 0 ? 0 : (float) (sum / count));
    }
    return means;
  }
}
