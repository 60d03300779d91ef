package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.core.guard.Limits;
import io.engram.core.network.NetworkSpec;

/** Section {@code learner.limits}. */
final class LimitSettings {

  private static final String AUTO = "auto";

  /** Of the heap, what a task of narrow rows may take as it came: a few numbers of a row become hundreds on their way through a network. */
  private static final long PART_OF_HEAP = 1024;

  /** The same of rows so wide that they take more than what is made of them. */
  private static final long LARGEST_PART = 256;

  private static final int NARROW = 64;
  private static final long SMALLEST = 1 << 20;

  private LimitSettings() {}

  static Limits read(Section learner, NetworkSpec network) {
    Section limits = learner.section("limits");
    return limits.build(
        () ->
            new Limits(
                limits.decimal("labels"),
                limits.decimal("share"),
                limits.decimal("step"),
                taskBytes(limits, network.input().size())));
  }

  private static long taskBytes(Section limits, int inputs) {
    return limits.text("task-bytes").equals(AUTO)
        ? fitting(Runtime.getRuntime().maxMemory(), inputs)
        : limits.bytes("task-bytes");
  }

  /** Bytes of the largest task that fits beside what is learned with it. */
  static long fitting(long heap, int inputs) {
    long narrow = heap / PART_OF_HEAP * Math.max(1, inputs / NARROW);
    return Math.max(SMALLEST, Math.min(heap / LARGEST_PART, narrow));
  }
}
