package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/** {@link ExperienceReplay} as it is configured. */
public final class ExperienceReplayKind extends FixedKind implements ContinualKind {

  static final String NAME = "experience-replay";

  public ExperienceReplayKind() {
    super(
        NAME,
        Key.of("arriving", 1),
        Key.of("replayed", 10),
        Key.of("step", 0.1),
        Key.of("glances", 1),
        Key.of("memory", 200));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new ExperienceReplay.Settings(
        values.count("arriving"),
        values.count("replayed"),
        values.positive("step"),
        values.count("glances"),
        values.count("memory"));
  }
}
