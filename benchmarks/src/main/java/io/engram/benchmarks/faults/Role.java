package io.engram.benchmarks.faults;

import java.util.List;
import java.util.Locale;

/** What runs as a process of its own. */
enum Role {
  BROKER,
  INGEST,
  LEARNER,
  REGISTRY;

  /** As the command and the configuration have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** All but the broker, which has no {@code /health} that others depend on. */
  static List<Role> ofEngram() {
    return List.of(INGEST, LEARNER, REGISTRY);
  }
}
