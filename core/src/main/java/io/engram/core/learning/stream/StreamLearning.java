package io.engram.core.learning.stream;

import io.engram.core.algebra.Vectors;
import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.continual.ContinualState;
import io.engram.core.continual.DurableLearner;
import io.engram.core.continual.StreamExample;
import io.engram.core.evaluation.TaskScore;
import io.engram.core.learning.Arrival;
import io.engram.core.learning.Divergence;
import io.engram.core.learning.Group;
import io.engram.core.learning.Learning;
import io.engram.core.learning.LifelongLearner;
import io.engram.core.learning.StreamOutcome;
import io.engram.core.learning.StreamSettings;
import io.engram.core.learning.StreamState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Continual learning: the log of tasks is one stream of examples, each task's support set and then its query set, in the one global label
 * space. As soon as a task arrived its examples are predicted and learned, a few at a time: a group is nothing but what is
 * committed at once. What the learner has learned beyond the state is a working copy, as the group's label space is.
 */
public final class StreamLearning implements Learning<StreamState, StreamOutcome> {

  private final StreamSettings settings;
  private final StreamProgram program;
  private final Prediction prediction;
  private final Prediction untrained;
  private DurableLearner learner;
  private HeldOutSample heldOut;
  private final Examiner examiner;
  private long updates;
  private boolean ruined;

  private StreamLearning(StreamSettings settings, StreamProgram program, StreamState state) {
    this.settings = settings;
    this.program = program;
    this.learner = begun(state);
    this.updates = state.updates();
    int outputs = settings.network().outputs();
    this.prediction = new Prediction(outputs, (inputs, logits) -> learner.predict(inputs, logits));
    StreamVector initial = program.zeros();
    program.load(settings.basics().untrained(), initial);
    this.untrained =
        new Prediction(outputs, (inputs, logits) -> program.predict(initial, inputs, logits));
    this.heldOut = sample(state);
    this.examiner = new Examiner(program);
  }

  private DurableLearner begun(StreamState state) {
    DurableLearner begun = settings.learner().start(program, state.theta(), settings.seed());
    begun.resume(state.learner());
    return begun;
  }

  private HeldOutSample sample(StreamState state) {
    return new HeldOutSample(settings.holdOut(), settings.seed(), state.heldOut());
  }

  /** A learner of the examples in tasks, by the settings' continual learner. */
  public static LifelongLearner<StreamState, StreamOutcome> learner(
      StreamSettings settings, StreamProgram program, StreamState state) {
    return new LifelongLearner<>(settings, state, new StreamLearning(settings, program, state));
  }

  @Override
  public void begin(StreamState state, Group group) {
    // What it remembers is at hand.
  }

  @Override
  public void takeUp(StreamState state, Group group) {
    List<TaskScore> scores = new ArrayList<>();
    for (Arrival arrival : group.unscored()) {
      scores.add(predictAndLearn(arrival));
    }
    group.scored(scores);
  }

  /** The prequential score of one task: what it brings is learned as soon as it was predicted, but for what is held out. */
  private TaskScore predictAndLearn(Arrival arrival) {
    StreamExamples examples = StreamExamples.of(arrival.scoring());
    boolean[] out = new boolean[examples.size()];
    if (arrival.believed()) {
      out = holdOut(arrival, examples);
    } else {
      Arrays.fill(out, true);
    }
    int right = 0;
    int rightUntrained = 0;
    int at = 0;
    for (List<StreamExample> arrived : examples.cut(learner.arriving())) {
      right += prediction.right(arrived, examples.classes());
      if (settings.basics().scoreUntrained()) {
        rightUntrained += untrained.right(arrived, examples.classes());
      }
      learn(arrived, out, at);
      at += arrived.size();
    }
    double size = examples.size();
    return new TaskScore(
        right / size,
        settings.basics().scoreUntrained() ? rightUntrained / size : Double.NaN,
        Double.NaN);
  }

  private void learn(List<StreamExample> arrived, boolean[] out, int at) {
    List<StreamExample> learned = new ArrayList<>(arrived.size());
    for (int i = 0; i < arrived.size(); i++) {
      if (!out[at + i]) {
        learned.add(arrived.get(i));
      }
    }
    if (!learned.isEmpty()) {
      learner.learn(learned);
      updates++;
    }
  }

  /** Which examples of a task are not to be learned; these are kept as they came, because scales go on changing. */
  private boolean[] holdOut(Arrival arrival, StreamExamples examples) {
    boolean[] out = new boolean[examples.size()];
    for (int i = 0; i < out.length; i++) {
      long tag = heldOut.tag(arrival.place(), i);
      out[i] = heldOut.holdsOut(tag);
      if (out[i]) {
        SparseInput raw = SparseInput.of(StreamExamples.raw(arrival.task(), i));
        heldOut.add(tag, new StreamExample(raw, examples.all().get(i).label()));
      }
    }
    return out;
  }

  @Override
  public StreamOutcome decide(StreamState state, Group group) {
    float[] theta = new float[settings.network().layout().length()];
    learner.store(theta);
    ContinualState beside = learner.state();
    if (!ruined && Vectors.finite(theta) && beside.finite()) {
      return new StreamOutcome(group.close(), theta, updates, beside, heldOut.snapshot());
    }
    back(state);
    List<Arrival> learned = group.arrivals().stream().filter(Arrival::believed).toList();
    return new StreamOutcome(
        group.close(Divergence.ofAll(learned)),
        state.theta(),
        updates,
        learner.state(),
        heldOut.snapshot());
  }

  /** Begins again where the group did: it has ruined what was learned, and has taught nothing. */
  private void back(StreamState state) {
    ruined = true;
    learner = begun(state);
    updates = state.updates();
    heldOut = sample(state);
  }

  /** The version made last stays examined until the next one is. */
  @Override
  public StreamState apply(StreamState state, StreamOutcome outcome) {
    ruined = false;
    return new StreamState(
        outcome.theta(),
        outcome.updates(),
        outcome.learner(),
        outcome.heldOut(),
        state.examination(),
        state.standing().after(outcome.group()));
  }

  @Override
  public StreamState examine(StreamState state) {
    return state.with(examiner.of(state));
  }
}
