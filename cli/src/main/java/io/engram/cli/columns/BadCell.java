package io.engram.cli.columns;

/** A cell that is not what its column was taken for. */
public final class BadCell extends Exception {

  private static final long serialVersionUID = 1L;

  private final String category;

  /**
   * @param category a word to count by
   * @param problem what was found and what was expected
   */
  public BadCell(String category, String problem) {
    super(problem, null, false, false);
    this.category = category;
  }

  /** The same with where it is in front. */
  BadCell in(String place) {
    return new BadCell(category, place + getMessage());
  }

  /** A word to count by. */
  public String category() {
    return category;
  }
}
