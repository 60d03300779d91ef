package io.engram.engine.fused;

/**
 * The columns of a layer's input that are not zero for a whole batch, cut into strips: of a digit the corners are blank, and nothing is
 * computed for the weights behind them. Neighbours within a strip form runs, whose weights lie side by side. The last unit, always there, is a one for the biases.
 */
final class Strips {

  /** Columns that are multiplied at a time: their weights stay in the first cache. */
  static final int WIDTH = 64;

  private final int units;
  private final int[] column;
  private final int[] runUnit;
  private final int[] runColumn;
  private final int[] firstRun;
  private int columns;
  private int runs;
  private int count;

  /** For {@code units} units, the one among them. */
  Strips(int units) {
    this.units = units;
    this.column = new int[units];
    this.runUnit = new int[units];
    this.runColumn = new int[units + 1];
    this.firstRun = new int[units / WIDTH + 2];
  }

  /** Takes the units that are not 0 here, and the last. */
  void take(int[] active) {
    columns = 0;
    runs = 0;
    count = 0;
    boolean running = false;
    for (int u = 0; u < units; u++) {
      if (active[u] == 0 && u < units - 1) {
        running = false;
        continue;
      }
      boolean full = columns % WIDTH == 0;
      if (full) {
        firstRun[count++] = runs;
      }
      if (full || !running) {
        runUnit[runs] = u;
        runColumn[runs++] = columns;
      }
      running = true;
      column[u] = columns++;
    }
    runColumn[runs] = columns;
    firstRun[count] = runs;
  }

  /** All columns of all strips. */
  int columns() {
    return columns;
  }

  /** The column of each unit that was taken. */
  int[] columnOf() {
    return column;
  }

  /** Number of strips. */
  int count() {
    return count;
  }

  /** First column of strip {@code s}. */
  int from(int s) {
    return s * WIDTH;
  }

  /** Columns of strip {@code s}. */
  int width(int s) {
    return Math.min(WIDTH, columns - s * WIDTH);
  }

  /** First run of strip {@code s}; of {@link #count}, one past the last. */
  int firstRun(int s) {
    return firstRun[s];
  }

  /** First unit of run {@code r}. */
  int unit(int r) {
    return runUnit[r];
  }

  /** Column of its first unit. */
  int runColumn(int r) {
    return runColumn[r];
  }

  /** Units of run {@code r}. */
  int length(int r) {
    return runColumn[r + 1] - runColumn[r];
  }

  /** Number of runs. */
  int runs() {
    return runs;
  }

  /** First unit of each run. */
  int[] runUnits() {
    return runUnit;
  }

  /** First column of each run; behind the last, the number of columns. */
  int[] runColumns() {
    return runColumn;
  }
}
