package io.engram.benchmarks.device;

import io.engram.benchmarks.DataDirectory;
import io.engram.core.compute.ComputeEngine;
import io.engram.engine.Engines;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a step is given.
 *
 * @param engine name of the engine under test
 * @param quick whether a smoke figure is enough
 * @param budget its time
 * @param places where files lie
 * @param recipe what the recipe is asked for
 * @param cases its figures
 * @param say for lines of progress
 */
record StepContext(
    String engine,
    boolean quick,
    Budget budget,
    Places places,
    RecipeOptions recipe,
    CaseFile cases,
    Consumer<String> say) {

  /**
   * Where files lie.
   *
   * @param out where results go
   * @param work where files for other steps go
   * @param data where data sets lie
   */
  record Places(Path out, Path work, DataDirectory data) {}

  /** A new engine of the kind under test. */
  ComputeEngine open() {
    return Engines.kind(engine).open(threads());
  }

  int threads() {
    return Runtime.getRuntime().availableProcessors();
  }
}
