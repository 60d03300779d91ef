package io.engram.core.learning;

import io.engram.core.guard.Rules;
import io.engram.core.memory.MemorySettings;
import io.engram.core.network.Layer;
import io.engram.core.network.NetworkSpec;
import io.engram.core.tables.TableShape;
import java.util.function.Function;

/**
 * How a learner of tables learns: experts, linear models and boosted trees, no gradient steps. It measures columns by itself, and a class keeps its
 * output for the whole stream.
 *
 * @param basics the network is one dense layer: it says what comes in and what goes out, and is the part that never adapts
 * @param memory which tasks are kept; the model is fitted to them again and again
 * @param holdOut which tasks are not learned from but kept to score versions with
 */
public record TableSettings(Basics basics, MemorySettings memory, HoldOut holdOut)
    implements LifelongSettings {

  /** What the learner is called. */
  public static final String NAME = "table";

  public TableSettings {
    NetworkSpec network = basics.network();
    boolean linear = network.layers().size() == 1 && network.layers().get(0) instanceof Layer.Dense;
    if (!linear) {
      throw new IllegalArgumentException(
          "network must be one dense layer with the learner %s, such as \"input(8) dense(1) mse\"; found \"%s\""
              .formatted(NAME, network));
    }
    if (basics.standardise()) {
      throw new IllegalArgumentException(
          "standardise must be false with the learner %s, which measures columns by itself"
              .formatted(NAME));
    }
  }

  /** What its model takes and answers with. */
  public TableShape shape() {
    return TableShape.of(network());
  }

  /** Which tasks are held out. */
  public TaskHoldOut heldOut() {
    return new TaskHoldOut(holdOut, seed());
  }

  @Override
  public Rules.Inputs inputs() {
    return Rules.Inputs.MEASURED;
  }

  @Override
  public LabelSpace labelSpace() {
    return LabelSpace.GLOBAL;
  }

  @Override
  public <R> R either(
      Function<? super TaskSettings, ? extends R> ofTasks,
      Function<? super StreamSettings, ? extends R> ofStream,
      Function<? super TableSettings, ? extends R> ofTables) {
    return ofTables.apply(this);
  }

  /** No steps: it is fitted to a support set in closed form. */
  @Override
  public AdaptationRule adaptation() {
    return AdaptationRule.NONE;
  }

  @Override
  public String inWords() {
    return "network=%s, learner=%s, seed=%d, groupSize=%d, memoryCapacity=%s, retention=%s, holdOut=%s"
        .formatted(
            network(),
            NAME,
            seed(),
            groupSize(),
            memory.capacity(),
            memory.retention().name(),
            holdOut);
  }
}
