package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import org.jspecify.annotations.Nullable;

/** Lines of a report that are no measurements. */
final class Remark {

  private Remark() {}

  /** Something that is right or not. */
  static Case held(String name, String metric, boolean held, @Nullable String detail) {
    return Case.of(name, metric, held ? 1 : 0, "", detail).goal("1", held);
  }

  /** Why a figure is not there. */
  static Case missing(String name, String metric, String reason) {
    return Case.of(name, metric, Double.NaN, "", reason);
  }
}
