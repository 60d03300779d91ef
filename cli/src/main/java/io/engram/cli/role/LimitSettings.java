package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.core.guard.Limits;

/** Section {@code learner.limits}. */
final class LimitSettings {

  private static final String AUTO = "auto";

  /** Of the heap, what one task may take as it came: what is made of it takes many times as much, and several are at work together. */
  private static final long PART_OF_HEAP = 512;

  private static final long SMALLEST = 1 << 20;

  private LimitSettings() {}

  static Limits read(Section learner) {
    Section limits = learner.section("limits");
    return limits.build(
        () ->
            new Limits(
                limits.decimal("labels"),
                limits.decimal("share"),
                limits.decimal("step"),
                taskBytes(limits)));
  }

  private static long taskBytes(Section limits) {
    return limits.text("task-bytes").equals(AUTO)
        ? Math.max(SMALLEST, Runtime.getRuntime().maxMemory() / PART_OF_HEAP)
        : limits.bytes("task-bytes");
  }
}
