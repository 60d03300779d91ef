package io.engram.cli.columns;

import io.engram.cli.source.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides what a column of features is taken for. */
final class Judgement {

  private static final double MOSTLY_NUMBERS = 0.8;
  private static final double MOSTLY_DATES = 0.9;
  private static final double WORDS_OF_A_SENTENCE = 3;
  private static final double NEARLY_ALL = 0.95;
  private static final int ROWS_TO_TELL_AN_INDEX = 5;
  private static final int ROWS_TO_TELL_A_NAME = 100;
  private static final String COMPACT = "uuuuMMdd";
  private static final String NONE = "none";
  private static final Set<String> INDEX_NAMES =
      Set.of("index", "id", "row", "rowid", "row_id", "row_number", "no", "nr", "rownames");

  private final Asked asked;
  private final Notation preferred;

  /**
   * @param looks at all columns: how the others are written decides where a column alone leaves it open
   */
  Judgement(Asked asked, String delimiter, List<ColumnLook> looks) {
    this.asked = asked;
    long points = 0;
    long commas = 0;
    for (ColumnLook look : looks) {
      int point = look.fitting(Notation.POINT);
      int comma = look.fitting(Notation.COMMA);
      points += Math.max(0, point - comma);
      commas += Math.max(0, comma - point);
    }
    boolean comma = delimiter.equals(";") ? commas >= points : commas > points;
    this.preferred = comma ? Notation.COMMA : Notation.POINT;
  }

  Meaning of(String column, ColumnLook look, int rows) {
    if (asked.ignore().contains(column)) {
      return new LeftOut("as told");
    }
    return asked
        .choice(column)
        .map(choice -> chosen(choice, look))
        .orElseGet(() -> guessed(column, look, rows));
  }

  /** How the numbers of a column are written. */
  Notation notation(ColumnLook look) {
    if (asked.decimal() != Decimal.AUTO) {
      return asked.decimal() == Decimal.POINT ? Notation.POINT : Notation.COMMA;
    }
    int points = look.fitting(Notation.POINT);
    int commas = look.fitting(Notation.COMMA);
    if (points == commas) {
      return preferred;
    }
    return points > commas ? Notation.POINT : Notation.COMMA;
  }

  /** Whether a column holds numbers, a few odd cells aside. */
  boolean numbers(ColumnLook look) {
    return look.quantities() > 0
        && look.fitting(notation(look)) >= MOSTLY_NUMBERS * look.quantities();
  }

  private Meaning guessed(String column, ColumnLook look, int rows) {
    if (look.cells() == 0) {
      return new LeftOut("empty");
    }
    if (indexName(column) && rows >= ROWS_TO_TELL_AN_INDEX && look.numbersRows()) {
      return new LeftOut("it numbers the rows");
    }
    if (numbers(look)) {
      return new Numeric(notation(look), 0);
    }
    if (look.quantities() > 0
        && look.yesNo() == look.quantities()
        && YesNo.oneOfEach(look.values())) {
      return new YesNo();
    }
    String pattern = pattern(look);
    if (!pattern.equals(NONE)) {
      return new Moment(pattern, false, 0);
    }
    boolean sentences = look.words() >= WORDS_OF_A_SENTENCE;
    if (!sentences && rows >= ROWS_TO_TELL_A_NAME && look.distinct() > NEARLY_ALL * look.cells()) {
      return new LeftOut("nearly every row has a text of its own");
    }
    return text(look, sentences);
  }

  private Meaning chosen(ColumnChoice choice, ColumnLook look) {
    return switch (choice.as()) {
      case IGNORE -> new LeftOut("as told");
      case NUMBER -> new Numeric(notation(look), 0);
      case YES_NO -> new YesNo();
      case TEXT -> text(look, false);
      case WORDS -> new Sentences(Sentences.PLACES);
      case DATE -> date(choice, look);
    };
  }

  private static Meaning text(ColumnLook look, boolean sentences) {
    if (look.distinct() <= Categories.MOST) {
      return new Categories(look.values());
    }
    return sentences ? new Sentences(Sentences.PLACES) : new HashedText(HashedText.PLACES);
  }

  private static Meaning date(ColumnChoice choice, ColumnLook look) {
    if (!choice.pattern().isEmpty()) {
      return new Moment(choice.pattern(), false, 0);
    }
    String pattern = pattern(look);
    if (!pattern.equals(NONE)) {
      return new Moment(pattern, false, 0);
    }
    if (look.values().stream().anyMatch(cell -> DateForm.of(COMPACT).read(cell) != null)) {
      return new Moment(COMPACT, false, 0);
    }
    throw new SourceException(
        "column '%s' is said to hold dates, but its cells (such as '%s') are written in no known way; say how with --column '%s=date:d.M.uuuu'"
            .formatted(
                choice.column(),
                look.values().isEmpty() ? "" : look.values().get(0),
                choice.column()));
  }

  /** The way its dates are written, or {@link #NONE}. */
  private static String pattern(ColumnLook look) {
    String best = NONE;
    double most = 0;
    for (String candidate : DateForm.PATTERNS) {
      double share = look.dateShare(candidate);
      if (share >= MOSTLY_DATES && share > most) {
        most = share;
        best = candidate;
      }
    }
    return best;
  }

  private static boolean indexName(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    return name.startsWith("#") || name.startsWith("unnamed") || INDEX_NAMES.contains(name);
  }
}
