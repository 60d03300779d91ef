package io.engram.engine.fused;

/** Everything one thread needs to work on one episode at a time. */
record Worker(Trajectory trajectory, OuterGradient outer, Predictor predictor, FiniteCheck check)
    implements AutoCloseable {

  static Worker of(Circuit circuit, long passBytes) {
    Trajectory trajectory = new Trajectory(circuit, passBytes);
    return new Worker(
        trajectory,
        new OuterGradient(circuit, trajectory),
        new Predictor(circuit),
        new FiniteCheck());
  }

  @Override
  public void close() {
    trajectory.close();
    outer.close();
    predictor.close();
  }
}
