package io.engram.cli.ops;

import static io.engram.servicekit.metrics.Metric.gauge;

import io.engram.servicekit.metrics.Metric;
import java.util.List;

/** What every process exports beside its JVM. */
public final class ProcessMetrics {

  static final Metric BUILD =
      gauge("engram_build_info", "Which version runs, on which Java; always 1")
          .by("version", "java")
          .lookWhen("roles differ for longer than an upgrade takes");
  static final Metric STATE_FREE =
      gauge("engram_state_free_bytes", "Room left on the disk of the state directory")
          .lookWhen("below a tenth of its size (`EngramDiskFills`)");
  static final Metric STATE_SIZE =
      gauge("engram_state_size_bytes", "Size of the disk of the state directory");

  private ProcessMetrics() {}

  /** All of them. */
  public static List<Metric> all() {
    return List.of(BUILD, STATE_FREE, STATE_SIZE);
  }
}
