package io.engram.core.continual;

import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.random.RandomStream;
import java.util.List;

/**
 * Engram's own learner for streams whose label space changes with the task: Continual-MAML's fast and slow weights and its test for a
 * boundary (see {@link ContinualMaml}), but within a session the fast weights learn from all it brought so far, not from the last batch alone, and at its
 * end the slow weights take Reptile's step towards where they came: {@code φ ← φ + ε(θ − φ)} (Nichol et al. 2018, algorithm 1). Each session
 * begins with a head of zeros, for labels may mean something else now.
 */
public final class SessionReplay extends SessionLearner {

  private final Settings settings;
  private final StreamStep step;

  /**
   * How it learns.
   *
   * @param arriving examples of a batch
   * @param step step size of adaptation
   * @param innerSteps steps on each batch
   * @param replayed examples of this session that join each step
   * @param memory latest examples of this session that are kept
   * @param tolerance γ, by how much the kept fast weights may be worse than fresh ones
   * @param reptile ε
   * @param longest the largest norm of a gradient
   */
  public record Settings(
      int arriving,
      float step,
      int innerSteps,
      int replayed,
      int memory,
      float tolerance,
      float reptile,
      float longest)
      implements DurableSettings {

    public Settings {
      OutOfBounds.atLeastOne("arriving", arriving);
      OutOfBounds.positive("step", step);
      OutOfBounds.atLeastOne("inner-steps", innerSteps);
      OutOfBounds.notNegative("replayed", replayed);
      OutOfBounds.atLeastOne("memory", memory);
      OutOfBounds.share("meta-step", reptile);
      OutOfBounds.positive("longest", longest);
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new SessionReplay(program, theta, this, seed);
    }

    @Override
    public String name() {
      return SessionReplayKind.NAME;
    }
  }

  SessionReplay(StreamProgram program, float[] theta, Settings settings, long seed) {
    super(program, theta, settings.arriving(), seed, settings.memory(), true);
    this.settings = settings;
    StreamVector sizes = program.zeros();
    sizes.fill(settings.step());
    this.step = new StreamStep.Each(sizes, settings.longest());
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    if (session.isEmpty()) {
      theta.set(slow);
    } else if (newSession(arrived)) {
      slow.average(theta, settings.reptile());
      clearHead();
      theta.set(slow);
      session.forget();
    }
    for (int i = 0; i < settings.innerSteps(); i++) {
      load(arrived, session.isEmpty() ? 0 : settings.replayed());
      descend(theta);
    }
    keep(arrived);
  }

  private boolean newSession(List<StreamExample> arrived) {
    load(arrived, 0);
    Comparison loss = compare();
    return loss.kept() >= loss.fresh() + settings.tolerance();
  }

  @Override
  void adapt(StreamVector weights) {
    for (int i = 0; i < settings.innerSteps(); i++) {
      descend(weights);
    }
  }

  private void descend(StreamVector weights) {
    program.descend(weights, batch, step);
  }

  private void load(List<StreamExample> arrived, int replayed) {
    RandomStream draw = nextDraw();
    float weight = 1f / (arrived.size() + replayed);
    batch.clear();
    add(arrived, weight);
    for (int i = 0; i < replayed; i++) {
      add(session.get(draw.nextInt(session.size())), weight);
    }
  }
}
