package io.engram.benchmarks.device;

import io.engram.benchmarks.BenchReport.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Our figures beside the peer's best and the card's own limits, once all are there. */
final class PeerComparison {

  static final String TORCH = "torch.func, best in fp32";
  static final String TORCH_TF32 = "torch.func, with TF32";

  /** What {@code peer.py} calls the best rate of a large product in float32. */
  static final String SGEMM = "sgemm fp32, TF32 off";

  private static final double GOAL = 2.0;
  private static final double SHARE_GOAL = 0.5;

  private PeerComparison() {}

  static List<Case> of(List<Case> cases) {
    List<Case> compared = new ArrayList<>();
    double limit = value(cases, "card", SGEMM).orElse(Double.NaN);
    for (Case line : cases) {
      if (!line.metric().equals(FiguresStep.PREPARED) || Double.isNaN(line.value())) {
        continue;
      }
      value(cases, line.name(), TORCH)
          .ifPresent(
              theirs ->
                  compared.add(
                      Case.of(line.name(), "speed", line.value(), "ms")
                          .atLeast(GOAL, "torch.func", theirs / line.value())));
      value(cases, line.name(), FiguresStep.RATE)
          .filter(rate -> limit > 0)
          .ifPresent(rate -> compared.add(share(line.name(), rate, limit)));
    }
    return compared;
  }

  /** Only at the largest size is a share of the limit a goal. */
  private static Case share(String name, double rate, double limit) {
    double ratio = rate / limit;
    boolean goal = name.contains(" 1024 ");
    return Case.of(name, "nominal arithmetic", rate, "TFLOP/s")
        .versus("the card's sgemm", ratio)
        .goal(goal ? ">= " + SHARE_GOAL : null, goal ? ratio >= SHARE_GOAL : null);
  }

  /** The smallest, where the peer had several goes. */
  private static Optional<Double> value(List<Case> cases, String name, String metric) {
    return cases.stream()
        .filter(it -> it.name().equals(name) && it.metric().equals(metric))
        .map(Case::value)
        .filter(it -> !Double.isNaN(it))
        .min(Double::compare);
  }
}
