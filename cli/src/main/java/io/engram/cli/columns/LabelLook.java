package io.engram.cli.columns;

import io.engram.cli.source.SourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What a first look finds in the label column. */
final class LabelLook {

  /** More than these that are all numbers are no classes. */
  private static final int MOST_NUMBERED_CLASSES = 20;

  private static final double NEARLY_ALL = 0.9;
  private static final int MOST_REMARKS = 5;

  private final List<String> remarks = new ArrayList<>();

  private final Map<String, Integer> classes = new LinkedHashMap<>();
  private final ColumnLook look;
  private final String table;
  private final Asked asked;
  private int labels;
  private int notAvailable;
  private boolean collecting = true;
  private boolean fractions;

  LabelLook(String table, Asked asked) {
    this.table = table;
    this.asked = asked;
    this.look = new ColumnLook(asked.blanks().marks());
  }

  /** One of the first part. */
  void add(String label) {
    notAvailable += label.equals(Marks.NOT_AVAILABLE) ? 1 : 0;
    if (!asked.blanks().marks().missing(label)) {
      look.add(label);
      fractions |= fraction(label);
      later(label);
    }
  }

  /** One behind the first part, which counts for the classes alone. */
  void later(String label) {
    if (collecting && !asked.blanks().marks().missing(label)) {
      labels++;
      classes.merge(label, 1, Integer::sum);
    }
  }

  /** The first part is over; nothing more is collected where labels are numbers. */
  void decide(Judgement judgement) {
    collecting = !numbers(judgement);
  }

  LabelPlan plan(Judgement judgement, List<String> cells) {
    if (numbers(judgement)) {
      requireNumbers(judgement);
      Numeric numeric = new Numeric(judgement.notation(look), 0);
      return new LabelPlan.Numbers(
          asked.label(), new Numeric(numeric.notation(), Offset.of(numeric, cells)));
    }
    oneSpelling();
    requireClasses(judgement);
    return new LabelPlan.Classes(
        asked.label(),
        List.copyOf(new TreeSet<>(classes.keySet())),
        asked.spareClasses(),
        commonest());
  }

  /** Of classes that are one number the first is kept. */
  private void oneSpelling() {
    Spelling spelling = new Spelling(List.copyOf(classes.keySet()));
    Map<String, Integer> merged = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> it : classes.entrySet()) {
      String meant = spelling.first(it.getKey());
      if (!meant.equals(it.getKey())) {
        remarks.add(
            "label %s: '%s' and '%s' are one class".formatted(asked.label(), meant, it.getKey()));
      }
      merged.merge(meant, it.getValue(), Integer::sum);
    }
    classes.clear();
    classes.putAll(merged);
    Map<String, String> alike = new HashMap<>();
    for (String name : merged.keySet()) {
      String other = alike.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (other != null) {
        remarks.add(
            "label %s: '%s' and '%s' differ in case alone, and are two classes"
                .formatted(asked.label(), other, name));
      }
    }
  }

  /** What is to be said of the labels; known once there is a plan. */
  List<String> remarks() {
    List<String> all = new ArrayList<>(remarks.subList(0, Math.min(MOST_REMARKS, remarks.size())));
    if (asked.blanks().marks().usual() && notAvailable > 0) {
      all.add(
          "label %s: %,d rows have '%s', which is taken for a missing label; if it is a class, say --missing-marks none"
              .formatted(asked.label(), notAvailable, Marks.NOT_AVAILABLE));
    }
    return all;
  }

  private boolean numbers(Judgement judgement) {
    return switch (asked.kind()) {
      case REGRESSION -> true;
      case CLASSIFICATION -> false;
      case AUTO -> allNumbers(judgement) && (fractions || look.distinct() > MOST_NUMBERED_CLASSES);
    };
  }

  private boolean allNumbers(Judgement judgement) {
    return look.cells() > 0 && judgement.numbers(look);
  }

  private void requireNumbers(Judgement judgement) {
    if (look.cells() > 0 && look.fitting(judgement.notation(look)) == 0) {
      throw new SourceException(
          "the label column '%s' of %s holds text (such as '%s'), no numbers to predict; say --classification if its texts are classes"
              .formatted(asked.label(), table, look.text()));
    }
  }

  private void requireClasses(Judgement judgement) {
    int distinct = classes.size();
    if (distinct < 2) {
      throw new SourceException(
          "the label column '%s' of %s holds %d class(es), at least 2 are needed"
              .formatted(asked.label(), table, distinct));
    }
    if (distinct > MOST_NUMBERED_CLASSES
        && allNumbers(judgement)
        && (fractions || distinct * 2L > labels)) {
      throw new SourceException(
          "the label column '%s' of %s holds %,d different numbers in %,d rows, such as %s, which are no classes; say --regression to predict numbers"
              .formatted(asked.label(), table, distinct, labels, first()));
    }
    if (distinct > MOST_NUMBERED_CLASSES && distinct > NEARLY_ALL * labels) {
      throw new SourceException(
          "the label column '%s' of %s holds %,d classes in %,d rows, such as '%s': nearly every row has its own, so there is nothing to learn; name another with --label"
              .formatted(asked.label(), table, distinct, labels, first()));
    }
  }

  private String first() {
    return classes.keySet().iterator().next();
  }

  private String commonest() {
    Map.Entry<String, Integer> most =
        classes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
    return String.format(
        Locale.ROOT, "'%s' %.1f %%", most.getKey(), 100.0 * most.getValue() / labels);
  }

  /** Whether a number has decimals other than 0. */
  private static boolean fraction(String label) {
    int mark = Math.max(label.lastIndexOf('.'), label.lastIndexOf(','));
    return mark >= 0 && !label.substring(mark + 1).matches("0*");
  }
}
