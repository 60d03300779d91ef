package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;

/** {@link ShrinkAndPerturb} as it is configured. */
public final class ShrinkAndPerturbKind extends FixedKind implements ContinualKind {

  static final String NAME = "shrink-and-perturb";

  public ShrinkAndPerturbKind() {
    super(
        NAME,
        Key.of("arriving", 1),
        Key.of("step", 0.003),
        Key.of("shrink", 0.997),
        Key.of("noise", 0.0003),
        Key.of("every", 1000));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new ShrinkAndPerturb.Settings(
        values.count("arriving"),
        values.positive("step"),
        OutOfBounds.share("shrink", values.number("shrink")),
        values.notNegative("noise"),
        values.count("every"));
  }
}
