package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/** {@link OnlineSgd} as it is configured. */
public final class OnlineSgdKind extends FixedKind implements ContinualKind {

  static final String NAME = "online-sgd";

  public OnlineSgdKind() {
    super(NAME, Key.of("arriving", 1), Key.of("step", 0.003), Key.of("glances", 1));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new OnlineSgd.Settings(
        values.count("arriving"), values.positive("step"), values.count("glances"));
  }
}
