package io.engram.ingest.boundary;

import java.io.DataOutputStream;
import java.io.IOException;

/** Measures an example by those of its task before it: a number in 0 … 1. For one thread. */
interface Yardstick {

  /** Measures, and takes the example up; NaN where nothing can be said yet. */
  double measure(Observation example);

  /** Writes what it has taken up, as its constructor reads it. */
  void write(DataOutputStream out) throws IOException;
}
