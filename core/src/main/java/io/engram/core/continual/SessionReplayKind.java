package io.engram.core.continual;

import io.engram.core.kind.FixedKind;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;

/** {@link SessionReplay} as it is configured. */
public final class SessionReplayKind extends FixedKind implements ContinualKind {

  static final String NAME = "session-replay";

  public SessionReplayKind() {
    super(
        NAME,
        Key.of("arriving", 10),
        Key.of("step", 0.4),
        Key.of("inner-steps", 5),
        Key.of("longest", 5.0),
        Key.of("replayed", 50),
        Key.of("memory", 500),
        Key.of("tolerance", 2.0),
        Key.of("meta-step", 1.0));
  }

  @Override
  public DurableSettings settings(Values values) {
    return new SessionReplay.Settings(
        values.count("arriving"),
        values.positive("step"),
        values.count("inner-steps"),
        values.count("replayed"),
        values.count("memory"),
        values.number("tolerance"),
        values.number("meta-step"),
        values.positive("longest"));
  }

  @Override
  public boolean lasting() {
    return false;
  }
}
