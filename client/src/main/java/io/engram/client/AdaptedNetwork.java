package io.engram.client;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.task.ExampleSet;

/**
 * A network adapted by gradient steps, or taken as it is.
 *
 * @param adapted [parameters] φ; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
record AdaptedNetwork(Workbenches.Shelf benches, Model model, ExampleSet support, float[] adapted)
    implements Adapted {

  static AdaptedNetwork to(Workbenches benches, Model model, ExampleSet support) {
    Workbenches.Shelf shelf = benches.shelf(model.network());
    return new AdaptedNetwork(
        shelf, model, support, shelf.with(bench -> bench.adapt(model, support)));
  }

  /** θ itself. */
  static AdaptedNetwork alone(Workbenches benches, Model model, ExampleSet standIn) {
    return new AdaptedNetwork(benches.shelf(model.network()), model, standIn, model.theta());
  }

  @Override
  public <T> T outputs(float[] features, Reading<T> reading) {
    Workbench bench = benches.borrow();
    try {
      return read(bench.outputs(model, adapted, support, features), reading);
    } finally {
      benches.giveBack(bench);
    }
  }

  @Override
  public <T> T outputs(ExampleSet query, Reading<T> reading) {
    return benches.with(bench -> read(bench.outputs(model, adapted, support, query), reading));
  }

  private static <T> T read(Evaluation evaluation, Reading<T> reading) {
    return reading.read(evaluation.outputs(), evaluation.width());
  }
}
