package io.engram.core.tables;

/** A model's linear part, which measures rows by itself, as parameters of a dense layer that takes them as they are. */
final class DenseLayer {

  private DenseLayer() {}

  /** [columns × outputs] weights, one output's after the other, then [outputs] biases; 0 where a float overflows. */
  static float[] of(TableModel model) {
    int columns = model.shape().columns();
    int outputs = model.shape().outputs();
    boolean numbers = !model.shape().classes();
    LinearModel rows = model.fitted().rows();
    TableScale scale = model.scale();
    float[] theta = new float[(columns + 1) * outputs];
    for (int c = 0; c < outputs; c++) {
      double unit = numbers && model.trained() ? scale.labelDeviation()[c] : 1;
      double bias = rows.flat()[2 * columns + c * (columns + 1) + columns];
      for (int j = 0; j < columns; j++) {
        double weight = rows.coefficient(c, j);
        double spread = (double) rows.flat()[columns + j] * scale.deviation()[j];
        if (weight != 0 && spread > 0) {
          bias -= weight * rows.flat()[j] / rows.flat()[columns + j];
          bias -= weight / spread * scale.mean()[j];
          theta[c * columns + j] = finite(unit * weight / spread);
        }
      }
      theta[columns * outputs + c] = finite(unit * bias + (numbers ? scale.labelMean()[c] : 0));
    }
    return theta;
  }

  private static float finite(double value) {
    return Float.isFinite((float) value) ? (float) value : 0;
  }
}
