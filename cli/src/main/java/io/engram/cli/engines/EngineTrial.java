package io.engram.cli.engines;

import io.engram.core.compute.EngineKind;
import io.engram.core.compute.EngineKind.Availability;

/** Tries engines, one after another, and compares them with the fused one. */
public final class EngineTrial {

  private final SmokeWorkload workload;
  private final int threads;
  private final SmokeFigure fused;

  /**
   * Runs the fused engine, to compare with.
   *
   * @param threads for engines that run on the processor
   */
  public EngineTrial(SmokeWorkload workload, EngineKind fused, int threads) {
    this.workload = workload;
    this.threads = threads;
    this.fused = workload.run(fused.open(threads));
  }

  /** Tries one. */
  public EngineReport of(EngineKind kind) {
    Availability availability = kind.availability();
    if (availability instanceof Availability.Absent absent) {
      return new EngineReport.Absent(kind.name(), kind.rank(), absent.reason());
    }
    String device = ((Availability.Here) availability).device();
    try {
      SmokeFigure figure = workload.run(kind.open(threads));
      return new EngineReport.Runs(
          kind.name(),
          kind.rank(),
          device,
          figure.microsPerTaskStep(),
          figure.differenceFrom(fused));
    } catch (LinkageError | RuntimeException e) {
      // One that fails does not keep the others from being listed.
      return new EngineReport.Fails(
          kind.name(), kind.rank(), device, e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
