package io.engram.cli.columns;

/** What becomes of a column's missing cells. */
public enum Gaps {
  /** None was seen; one that turns up is filled, or its row rejected. */
  NONE(""),
  /** Its row is rejected. */
  REJECTED(", rows with gaps rejected"),
  /** It is filled. Also where they are to be marked but are too rare for it. */
  FILLED(", gaps filled"),
  /** It is filled, and one more number says so. */
  MARKED(", gaps filled and marked");

  /**
   * The rarest that are marked, as a share of all rows. Once numbers are scaled by their deviation, a mark that is rarer stands ten
   * deviations out wherever it is set, which costs more than it tells.
   */
  private static final double RAREST_MARKED = 0.01;

  private final String words;

  Gaps(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /**
   * What becomes of them.
   *
   * @param share of all cells that are missing
   */
  static Gaps of(Missing missing, double share) {
    if (!(share > 0)) {
      return NONE;
    }
    return switch (missing) {
      case REJECT -> REJECTED;
      case MEAN -> FILLED;
      case MARK -> share < RAREST_MARKED ? FILLED : MARKED;
    };
  }
}
