package io.engram.client;

import io.engram.core.task.ExampleSet;
import io.engram.model.Adaptation;
import java.util.Optional;

/** A model fitted to a support set, in whichever way it is adapted. Immutable; safe for any number of threads. */
interface Adapted {

  /**
   * Looks at outputs, which are no longer valid when it returns.
   *
   * @param <T> what it makes of them
   */
  interface Reading<T> {

    /**
     * Reads.
     *
     * @param outputs [examples × width] numbers on the model's scale, or a score for each class whose softmax is its probability
     */
    T read(float[] outputs, int width);
  }

  /** For one example, its features on the user's own scale. */
  <T> T outputs(float[] features, Reading<T> reading);

  /** For several examples, their features on the model's scale. */
  <T> T outputs(ExampleSet query, Reading<T> reading);

  /**
   * Where the truth is expected for one example.
   *
   * @return nothing where the version knows no intervals, or not yet
   */
  default Optional<Interval> interval(float[] features, double level) {
    return Optional.empty();
  }

  /**
   * Fits a model to a support set; where there are no examples takes it as it is.
   *
   * @param support the examples on the model's scale; of none, one row that stands where an episode has its support set and that nothing is
   *     learned from
   * @throws AdaptationException if it does not fit
   */
  static Adapted to(Workbenches benches, Model model, SupportSet examples, ExampleSet support) {
    boolean alone = examples.size() == 0;
    return model
        .adaptation()
        .on(
            new Adaptation.Cases<>() {
              @Override
              public Adapted steps(Adaptation.GradientSteps steps) {
                return alone
                    ? AdaptedNetwork.alone(benches, model, support)
                    : AdaptedNetwork.to(benches, model, support);
              }

              @Override
              public Adapted head(Adaptation.ClosedFormHead head) {
                return AdaptedNetwork.to(benches, model, support);
              }

              @Override
              public Adapted none(Adaptation.None none) {
                return AdaptedNetwork.alone(benches, model, support);
              }

              @Override
              public Adapted table(Adaptation.ByTable table) {
                return alone
                    ? new TableAlone(table.model())
                    : new AdaptedTable(table.model(), support);
              }
            });
  }
}
