package io.engram.benchmarks.device;

/** One thing to find out, in a process of its own. */
interface Step {

  /** Runs within the context's budget, adding figures as they come. */
  void run(StepContext context);
}
