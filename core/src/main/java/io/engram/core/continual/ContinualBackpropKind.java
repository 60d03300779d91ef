package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;

/** {@link ContinualBackprop} as it is configured. */
public final class ContinualBackpropKind extends FixedKind implements ContinualKind {

  static final String NAME = "continual-backprop";

  public ContinualBackpropKind() {
    super(
        NAME,
        Key.of("arriving", 1),
        Key.of("step", 0.003),
        Key.of("replacement", 0.00001),
        Key.of("maturity", 100),
        Key.of("decay", 0.99));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new ContinualBackprop.Settings(
        values.count("arriving"),
        values.positive("step"),
        values.notNegative("replacement"),
        values.count("maturity"),
        OutOfBounds.share("decay", values.number("decay")));
  }
}
