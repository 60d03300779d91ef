package io.engram.core.learning;

import io.engram.core.guard.Rules;
import io.engram.core.network.NetworkSpec;
import java.util.function.Function;

/**
 * How a lifelong learner learns: from tasks, as meta-learners do and the learner of tables does in its own way, or from the single examples in them, as continual learners do. Everything
 * here shapes the learned parameters, so all of it belongs to a version's lineage.
 */
public sealed interface LifelongSettings permits TaskSettings, StreamSettings, TableSettings {

  /** What every kind is told. */
  Basics basics();

  /** What a classifier's outputs stand for. */
  LabelSpace labelSpace();

  /** What is done to a version of this learner before it predicts. */
  AdaptationRule adaptation();

  /** What decides about the learned parameters, in words; for a version's lineage. */
  String inWords();

  /** What is made of these settings, according to what they learn from. */
  <R> R either(
      Function<? super TaskSettings, ? extends R> ofTasks,
      Function<? super StreamSettings, ? extends R> ofStream,
      Function<? super TableSettings, ? extends R> ofTables);

  /** What becomes of features before they are learned from. */
  default Rules.Inputs inputs() {
    return standardise() ? Rules.Inputs.SCALED : Rules.Inputs.RAW;
  }

  /** By what tasks are judged as they arrive. */
  default Rules rules() {
    return Rules.of(basics().limits(), inputs(), network(), basics().regression());
  }

  default NetworkSpec network() {
    return basics().network();
  }

  default long seed() {
    return basics().seed();
  }

  default boolean zeroHead() {
    return basics().zeroHead();
  }

  default int groupSize() {
    return basics().groupSize();
  }

  default boolean standardise() {
    return basics().standardise();
  }

  default int window() {
    return basics().window();
  }
}
