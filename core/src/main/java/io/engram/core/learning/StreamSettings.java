package io.engram.core.learning;

import io.engram.core.continual.DurableSettings;
import io.engram.core.network.Head;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import java.util.function.Function;

/**
 * How a learner of single examples learns: those of all tasks are one stream in one label space.
 *
 * @param learner the continual learner
 * @param holdOut which examples are not learned but kept to score versions with
 */
public record StreamSettings(Basics basics, DurableSettings learner, HoldOut holdOut)
    implements LifelongSettings {

  public StreamSettings {
    NetworkSpec network = basics.network();
    if (network.head() != Head.SOFTMAX_CROSS_ENTROPY
        || !network.layers().stream().allMatch(StreamSettings::ofUnits)) {
      throw new IllegalArgumentException(
          "network must be of dense layers and end in softmax with the continual learner %s, found \"%s\""
              .formatted(learner.name(), network));
    }
  }

  /** A class keeps its output for the whole stream. */
  @Override
  public LabelSpace labelSpace() {
    return LabelSpace.GLOBAL;
  }

  @Override
  public <R> R either(
      Function<? super TaskSettings, ? extends R> ofTasks,
      Function<? super StreamSettings, ? extends R> ofStream,
      Function<? super TableSettings, ? extends R> ofTables) {
    return ofStream.apply(this);
  }

  @Override
  public AdaptationRule adaptation() {
    return AdaptationRule.NONE;
  }

  @Override
  public String inWords() {
    return "network=%s, learner=%s %s, seed=%d, zeroHead=%s, labelSpace=%s, standardise=%s, holdOut=%s"
        .formatted(
            network(),
            learner.name(),
            learner,
            seed(),
            zeroHead(),
            labelSpace(),
            standardise(),
            holdOut);
  }

  private static boolean ofUnits(Layer layer) {
    return layer instanceof Layer.Dense
        || layer instanceof Layer.Activation
        || layer instanceof Layer.Flatten;
  }
}
