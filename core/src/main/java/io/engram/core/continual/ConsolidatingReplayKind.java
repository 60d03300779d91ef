package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;

/** {@link ConsolidatingReplay} as it is configured. */
public final class ConsolidatingReplayKind extends FixedKind implements ContinualKind {

  static final String NAME = "consolidating-replay";

  public ConsolidatingReplayKind() {
    super(
        NAME,
        Key.of("arriving", 10),
        Key.of("glances", 5),
        Key.of("replayed", 30),
        Key.of("step", 0.2),
        Key.of("longest", 5.0),
        Key.of("hardening", 3.0),
        Key.of("fading", 0.0),
        Key.of("decay", 0.0),
        Key.of("pull", 0.7),
        Key.of("teaching", 0.45),
        Key.of("trust", 2.0),
        Key.of("slowness", 0.005),
        Key.of("memory", 200));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new ConsolidatingReplay.Settings(
        new ConsolidatingReplay.Batch(
            values.count("arriving"), values.count("glances"), values.count("replayed")),
        new ConsolidatingReplay.Step(
            values.positive("step"),
            values.positive("longest"),
            values.notNegative("hardening"),
            OutOfBounds.partOrNone("fading", values.number("fading")),
            OutOfBounds.partOrNone("decay", values.number("decay"))),
        values.notNegative("pull"),
        new Teacher(
            values.notNegative("teaching"),
            values.notNegative("trust"),
            values.notNegative("slowness")),
        values.count("memory"));
  }
}
