package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/** {@link ContinualMaml} as it is configured. */
public final class ContinualMamlKind extends FixedKind implements ContinualKind {

  static final String NAME = "c-maml";

  public ContinualMamlKind() {
    super(
        NAME,
        Key.of("arriving", 10),
        Key.of("inner-step", 0.2),
        Key.of("inner-steps", 5),
        Key.of("outer-step", 0.02),
        Key.of("full-update-at", 2.0),
        Key.of("tolerance", 0.5),
        Key.of("memory", 500),
        Key.of("fresh-head", false));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new ContinualMaml.Settings(
        values.count("arriving"),
        values.positive("inner-step"),
        values.count("inner-steps"),
        values.notNegative("outer-step"),
        values.number("tolerance"),
        values.positive("full-update-at"),
        values.count("memory"),
        values.flag("fresh-head"));
  }

  @Override
  public boolean lasting() {
    return false;
  }
}
