package io.engram.benchmarks.poison;

import java.util.Locale;

/** What a tenant, or all of them, may send. */
enum Poison {
  /** One task with labels of 10²⁰; features where labels are classes. */
  ONE_1E20,
  /** One task, a million times too large. */
  ONE_1E6,
  /** One row in a thousand says −9999. */
  SENTINEL,
  /** From the middle on every key's features are a million times as large. */
  DRIFT,
  /** One key grows without end, from harmless to 10¹⁰ times. */
  EXPLODE,
  /** From the middle on one key sends 99 % of all tasks (--quick: 90 %), and noise. */
  FLOOD,
  /** Half of one key's labels are noise. */
  NOISE;

  /** As the bench says it. */
  String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
