package io.engram.core.continual;

import io.engram.core.continual.LaMaml.Variant;
import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;
import java.util.stream.Stream;

/** {@link LaMaml} as it is configured; its variants are configured like it, but for the step that each of them lacks. */
abstract class LaMamlKind extends FixedKind implements ContinualKind {

  private final Variant variant;

  /** @param stepKeys of the steps that not every variant has */
  private LaMamlKind(Variant variant, double initialStep, Key... stepKeys) {
    super(variant.learner, keys(initialStep, stepKeys));
    this.variant = variant;
  }

  private static Key[] keys(double initialStep, Key... stepKeys) {
    Stream<Key> shared =
        Stream.of(
            Key.of("arriving", 10),
            Key.of("replayed", 10),
            Key.of("glances", 5),
            Key.of("inner-step", initialStep),
            Key.of("clip", 2.0),
            Key.of("memory", 200));
    return Stream.concat(shared, Stream.of(stepKeys)).toArray(Key[]::new);
  }

  @Override
  public final DurableSettings settings(Values values) {
    return new LaMaml.Settings(
        variant,
        values.count("arriving"),
        values.count("replayed"),
        values.count("glances"),
        new LaMaml.Steps(
            values.positive("inner-step"),
            variant == Variant.C_MAML ? 0f : values.notNegative("step-rate"),
            variant == Variant.LA_MAML ? 0f : values.positive("outer-step"),
            values.positive("clip")),
        values.count("memory"));
  }

  /** La-MAML. */
  public static final class Plain extends LaMamlKind {

    public Plain() {
      super(Variant.LA_MAML, 0.15, Key.of("step-rate", 0.3));
    }
  }

  /** Sync. */
  public static final class Sync extends LaMamlKind {

    public Sync() {
      super(Variant.SYNC, 0.15, Key.of("step-rate", 0.1), Key.of("outer-step", 0.1));
    }
  }

  /** C-MAML, whose step sizes stay as they are. */
  public static final class WithoutSteps extends LaMamlKind {

    public WithoutSteps() {
      super(Variant.C_MAML, 0.03, Key.of("outer-step", 0.1));
    }
  }
}
