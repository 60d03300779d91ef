package io.engram.engine.cuda;

import java.util.List;

/** A fully connected layer, W [inputs, outputs] column-major: the weights of one output beside each other. */
record DenseShape(Tables tables, Layout x, Layout y, Layout gx, Layout gy) implements Linear.Shape {

  @Override
  public Product forward(int examples) {
    return new Product(
        tables,
        new Factor(times(y.features(), x.features()), times(x.features(), 1), true),
        new Factor(times(examples, x.size()), x.elements(), true),
        y.elements(),
        times(examples, y.size()));
  }

  @Override
  public Product weightGradient(int examples) {
    return new Product(
        tables,
        new Factor(gy.elements(), times(examples, gy.size()), false),
        new Factor(x.elements(), times(examples, x.size()), false),
        times(y.features(), x.features()),
        times(x.features(), 1));
  }

  @Override
  public List<Product> inputErrors(int examples) {
    return List.of(
        new Product(
            tables,
            new Factor(times(examples, gy.size()), gy.elements(), true),
            new Factor(times(x.features(), 1), times(y.features(), x.features()), false),
            times(examples, gx.size()),
            gx.elements()));
  }

  @Override
  public boolean weightsFirst() {
    return false;
  }

  /** 0, step, 2·step … */
  static int[] times(int count, int step) {
    int[] offsets = new int[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = i * step;
    }
    return offsets;
  }
}
