package io.engram.engine.fused;

/** Everything one thread needs to work on one episode at a time. */
record Worker(Trajectory trajectory, OuterGradient outer, Predictor predictor)
    implements AutoCloseable {

  static Worker of(Circuit circuit) {
    Trajectory trajectory = new Trajectory(circuit);
    return new Worker(trajectory, new OuterGradient(circuit, trajectory), new Predictor(circuit));
  }

  @Override
  public void close() {
    trajectory.close();
    outer.close();
    predictor.close();
  }
}
