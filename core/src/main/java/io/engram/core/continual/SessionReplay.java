package io.engram.core.continual;

import io.engram.core.compute.StreamBatch;
import io.engram.core.compute.StreamProgram;
import io.engram.core.compute.StreamVector;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * Engram's own learner for streams whose label space changes with the task: Continual-MAML's fast and slow weights and its test for a
 * boundary (see {@link ContinualMaml}), but within a session the fast weights learn from all it brought so far, not from the last batch alone, and at its
 * end the slow weights take Reptile's step towards where they came: {@code φ ← φ + ε(θ − φ)} (Nichol et al. 2018, algorithm 1).
 */
public final class SessionReplay implements ContinualLearner {

  private final StreamProgram program;
  private final Settings settings;
  private final long seed;
  private final StreamVector slow;
  private final StreamVector fast;
  private final StreamVector virtual;
  private final StreamVector ignored;
  private final StreamBatch batch;
  private final List<StreamExample> session = new ArrayList<>();
  private long steps;

  /**
   * How it learns.
   *
   * @param arriving examples of a batch
   * @param step step size of adaptation
   * @param innerSteps steps on each batch
   * @param replayed examples of this session that join each step
   * @param remembered latest examples of this session that are kept
   * @param tolerance γ, by how much the kept fast weights may be worse than fresh ones
   * @param reptile ε
   */
  public record Settings(
      int arriving,
      float step,
      int innerSteps,
      int replayed,
      int remembered,
      float tolerance,
      float reptile)
      implements ContinualSettings {

    @Override
    public ContinualLearner start(StreamProgram program, float[] theta, long seed) {
      return new SessionReplay(program, theta, this, seed);
    }
  }

  SessionReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    this.program = program;
    this.settings = settings;
    this.seed = seed;
    this.slow = program.zeros();
    this.ignored = program.zeros();
    this.batch = new StreamBatch(program.network().outputs());
    program.load(theta, slow);
    this.fast = slow.copy();
    this.virtual = slow.copy();
  }

  @Override
  public int arriving() {
    return settings.arriving();
  }

  @Override
  public void predict(StreamBatch inputs, float[] logits) {
    program.predict(fast, inputs, logits);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    if (newSession(arrived)) {
      slow.average(fast, settings.reptile());
      fast.set(slow);
      session.clear();
    }
    for (int i = 0; i < settings.innerSteps(); i++) {
      load(arrived, session.isEmpty() ? 0 : settings.replayed());
      program.descend(fast, batch, settings.step());
    }
    session.addAll(arrived);
    int beyond = session.size() - settings.remembered();
    if (beyond > 0) {
      session.subList(0, beyond).clear();
    }
  }

  private boolean newSession(List<StreamExample> arrived) {
    load(arrived, 0);
    double kept = program.addGradient(fast, batch, 0f, ignored);
    virtual.set(slow);
    for (int i = 0; i < settings.innerSteps(); i++) {
      program.descend(virtual, batch, settings.step());
    }
    double fresh = program.addGradient(virtual, batch, 0f, ignored);
    return !session.isEmpty() && kept >= fresh + settings.tolerance();
  }

  private void load(List<StreamExample> arrived, int replayed) {
    RandomStream draw = new RandomStream(Seeds.derive(seed, Purpose.REPLAY_DRAW, steps++));
    float weight = 1f / (arrived.size() + replayed);
    batch.clear();
    for (StreamExample example : arrived) {
      batch.add(example.input(), example.label(), weight);
    }
    for (int i = 0; i < replayed; i++) {
      StreamExample example = session.get(draw.nextInt(session.size()));
      batch.add(example.input(), example.label(), weight);
    }
  }
}
