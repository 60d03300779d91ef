package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/** {@link MetaExperienceReplay} as it is configured. */
public final class MetaExperienceReplayKind extends FixedKind implements ContinualKind {

  static final String NAME = "mer";

  public MetaExperienceReplayKind() {
    super(
        NAME,
        Key.of("step", 0.03),
        Key.of("within", 0.03),
        Key.of("across", 1.0),
        Key.of("batches", 10),
        Key.of("replayed", 10),
        Key.of("memory", 200));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new MetaExperienceReplay.Settings(
        values.positive("step"),
        values.positive("within"),
        values.positive("across"),
        values.count("batches"),
        values.count("replayed"),
        values.count("memory"));
  }
}
