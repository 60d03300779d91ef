package io.engram.core.continual;

import io.engram.core.compute.stream.GradientSum;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import java.util.List;
import java.util.Map;

/**
 * A learner that goes from session to session without being told where one ends. Fast weights θ predict; slow weights φ are where each
 * session begins. Whether a batch belongs to the session is told by two losses on it: that of the fast weights as they were kept, and that of
 * fresh ones, φ adapted on the batch.
 */
abstract class SessionLearner extends DurableNetworkLearner {

  final StreamVector slow;

  /** φ on trial: fresh fast weights, until something else is tried. */
  final StreamVector virtual;

  /** The last examples of the session. */
  final RecentExamples session;

  /** Where a gradient goes of which only the loss is asked. */
  private final GradientSum ignored;

  private final FreshHead head;

  /**
   * A learner that begins at φ = θ₀.
   *
   * @param sessionMemory examples of a session that are kept
   * @param freshHead whether φ has a last layer of zeros
   */
  SessionLearner(
      StreamProgram program,
      float[] theta,
      int arriving,
      long seed,
      int sessionMemory,
      boolean freshHead) {
    super(program, theta, arriving, seed);
    this.session = new RecentExamples(sessionMemory);
    this.head = new FreshHead(program);
    this.slow = this.theta.copy();
    if (freshHead) {
      clearHead();
    }
    this.virtual = slow.copy();
    this.ignored = GradientSum.of(0f, program.zeros());
  }

  /** Adapts weights to {@link #batch}. */
  abstract void adapt(StreamVector weights);

  /** The loss of kept and of fresh fast weights on the same examples. */
  record Comparison(double kept, double fresh) {}

  /** Compares on what {@link #batch} holds. */
  final Comparison compare() {
    double kept = loss(theta);
    virtual.set(slow);
    adapt(virtual);
    return new Comparison(kept, loss(virtual));
  }

  /** Gives φ a last layer of zeros. */
  final void clearHead() {
    head.clear(slow);
  }

  final void keep(List<StreamExample> arrived) {
    arrived.forEach(session::offer);
  }

  private double loss(StreamVector weights) {
    return program.addGradient(weights, batch, ignored);
  }

  @Override
  final ExampleMemory memory() {
    return session;
  }

  @Override
  final Map<String, StreamVector> vectors() {
    return Map.of("slow", slow);
  }
}
