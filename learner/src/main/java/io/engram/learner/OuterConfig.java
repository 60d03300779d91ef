package io.engram.learner;

import io.engram.core.meta.OuterOptimizer;
import io.engram.core.meta.Schedule;
import java.util.List;

/**
 * The outer step as it stands in a configuration file.
 *
 * @param kind adam or sgd
 * @param step β at the start
 * @param finalStep β after {@code decay} outer steps
 * @param decay outer steps from the one to the other; 0 to stay at {@code step}
 * @param shape linear or cosine: how it gets from the one to the other
 * @param clip largest norm of the meta-gradient; 0 for no limit
 */
public record OuterConfig(
    String kind, double step, double finalStep, long decay, String shape, double clip) {

  public OuterConfig {
    kind = Allowed.oneOf("outer-optimizer", kind, List.of("adam", "sgd"));
    shape = Allowed.oneOf("meta-step-shape", shape, List.of("linear", "cosine"));
    Allowed.positive("meta-step", step);
    if (finalStep < 0 || decay < 0) {
      throw new IllegalArgumentException(
          "meta-step-final and meta-step-decay must be 0 or more, found %s, %s"
              .formatted(finalStep, decay));
    }
  }

  /** Adam with steps of one size. */
  public static OuterConfig adam(double step) {
    return new OuterConfig("adam", step, 0, 0, "linear", 0);
  }

  OuterOptimizer optimizer() {
    return kind.equals("adam")
        ? OuterOptimizer.Adam.standard(schedule())
        : new OuterOptimizer.Sgd(schedule());
  }

  private Schedule schedule() {
    if (decay == 0) {
      return new Schedule.Constant(step);
    }
    return shape.equals("cosine")
        ? new Schedule.Cosine(step, finalStep, decay)
        : new Schedule.Linear(step, finalStep, decay);
  }
}
