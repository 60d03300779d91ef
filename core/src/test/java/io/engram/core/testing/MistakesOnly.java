package io.engram.core.testing;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamStep;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualState;
import io.engram.core.continual.DurableLearner;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.StreamExample;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import java.util.List;
import java.util.Map;

/**
 * A continual learner as somebody else would add it: this file, and a line in META-INF/services. It learns, as the perceptron does, from
 * those examples alone that it predicts wrong.
 */
public final class MistakesOnly implements DurableLearner {

  private static final String MISTAKES = "mistakes";

  private final StreamProgram program;
  private final StreamVector theta;
  private final StreamBatch batch;
  private final Settings settings;
  private long mistakes;

  /**
   * How it learns.
   *
   * @param arriving examples of a step
   * @param step size of a step
   */
  public record Settings(int arriving, float step) implements DurableSettings {

    public Settings {
      if (arriving < 1) {
        throw new OutOfBounds("arriving", arriving, "at least 1");
      }
    }

    @Override
    public DurableLearner start(StreamProgram program, float[] theta, long seed) {
      return new MistakesOnly(program, theta, this);
    }

    @Override
    public String name() {
      return "mistakes-only";
    }

    @Override
    public int memory() {
      return 0;
    }
  }

  /** As it is configured. */
  public static final class Kind implements ContinualKind {

    @Override
    public String name() {
      return "mistakes-only";
    }

    @Override
    public List<Key> keys() {
      return List.of(Key.of("arriving", 4), Key.of("step", 0.5));
    }

    @Override
    public DurableSettings settings(Values values) {
      return new Settings(values.integer("arriving"), values.positive("step"));
    }
  }

  private MistakesOnly(StreamProgram program, float[] theta, Settings settings) {
    this.program = program;
    this.settings = settings;
    this.theta = program.zeros();
    this.batch = new StreamBatch(program.network().outputs());
    program.load(theta, this.theta);
  }

  @Override
  public int arriving() {
    return settings.arriving();
  }

  @Override
  public void predict(StreamBatch inputs, float[] logits) {
    program.predict(theta, inputs, logits);
  }

  @Override
  public void learn(List<StreamExample> arrived) {
    List<StreamExample> wrong = arrived.stream().filter(this::wrong).toList();
    mistakes += wrong.size();
    batch.clear();
    wrong.forEach(it -> batch.add(it.input(), it.label(), 1f / wrong.size()));
    if (!wrong.isEmpty()) {
      program.descend(theta, batch, StreamStep.of(settings.step()));
    }
  }

  private boolean wrong(StreamExample example) {
    float[] logits = new float[batch.outputs()];
    batch.clear();
    batch.add(example.input());
    predict(batch, logits);
    for (float logit : logits) {
      if (logit > logits[example.label()]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void store(float[] parameters) {
    program.store(theta, parameters);
  }

  @Override
  public ContinualState state() {
    return new ContinualState(Map.of(), Map.of(MISTAKES, mistakes), List.of());
  }

  @Override
  public void resume(ContinualState state) {
    if (!state.isNone()) {
      mistakes = state.count(MISTAKES);
    }
  }
}
