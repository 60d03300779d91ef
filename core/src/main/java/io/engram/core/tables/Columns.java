package io.engram.core.tables;

/** Mean and standard deviation of each column of a table. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Columns(float[] mean, float[] deviation) {

  /** Of rows, row-major; a column whose deviation is rounding alone has none. */
  static Columns of(float[] rows, int columns) {
    double[] means = new double[columns];
    double[] squares = new double[columns];
    long count = 0;
    for (int at = 0; at + columns <= rows.length; at += columns) {
      count++;
      for (int j = 0; j < columns; j++) {
        double delta = rows[at + j] - means[j];
        means[j] += delta / count;
        squares[j] += delta * (rows[at + j] - means[j]);
      }
    }
    float[] mean = new float[columns];
    float[] deviation = new float[columns];
    for (int j = 0; j < columns; j++) {
      mean[j] = (float) means[j];
      double found = count == 0 ? 0 : Math.sqrt(squares[j] / count);
      deviation[j] = found > 1e-7 * Math.abs(means[j]) ? (float) found : 0;
    }
    return new Columns(mean, deviation);
  }
}
