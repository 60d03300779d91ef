package io.engram.core.learning.stream;

import io.engram.core.compute.stream.SparseInput;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.compute.stream.StreamVector;
import io.engram.core.continual.StreamExample;
import io.engram.core.learning.Examination;
import io.engram.core.learning.Examination.PastVersion;
import io.engram.core.learning.RunningScale;
import io.engram.core.learning.Scale;
import io.engram.core.learning.Scales;
import io.engram.core.learning.StreamState;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks versions what they know of the whole past: the share of the examples held out that they predict right, scaled as their subscribers
 * scale them and without any adaptation. A function of the state alone. For one thread.
 */
final class Examiner {

  /** Of fewer examples the score would be chance: its standard deviation may be 0.07 with as many. */
  static final int FEWEST = 50;

  private static final int PREDICTED_AT_ONCE = 64;

  private final StreamProgram program;
  private final StreamVector theta;
  private final Prediction prediction;

  Examiner(StreamProgram program) {
    this.program = program;
    this.theta = program.zeros();
    this.prediction =
        new Prediction(
            program.network().outputs(),
            (inputs, logits) -> program.predict(theta, inputs, logits));
  }

  /** Examines what the state would publish; none has a score while there are fewer than {@link #FEWEST} examples. */
  Examination of(StreamState state) {
    List<StreamExample> examples = List.copyOf(state.heldOut().examples().values());
    if (examples.size() < FEWEST) {
      return Examination.NONE;
    }
    RunningScale scale = state.inputScale();
    PastVersion now =
        new PastVersion(
            state.theta().clone(), scale == null ? null : scale.copy(), state.labels().size());
    PastVersion best = state.examination().best();
    double score = share(now, examples);
    double before = best == null ? Double.NaN : share(best, examples);
    return new Examination(score, before, score < before ? best : now);
  }

  private double share(PastVersion version, List<StreamExample> examples) {
    program.load(version.theta(), theta);
    Scale scale =
        Scales.of(program.network().input().size(), 0, version.inputScale(), null).inputs();
    int right = 0;
    for (int from = 0; from < examples.size(); from += PREDICTED_AT_ONCE) {
      int to = Math.min(examples.size(), from + PREDICTED_AT_ONCE);
      right += prediction.right(scaled(examples.subList(from, to), scale), version.classes());
    }
    return (double) right / examples.size();
  }

  private static List<StreamExample> scaled(List<StreamExample> examples, Scale scale) {
    List<StreamExample> scaled = new ArrayList<>(examples.size());
    for (StreamExample example : examples) {
      float[] dense = example.input().dense();
      scale.row(dense, 0, dense, 0);
      scaled.add(new StreamExample(SparseInput.of(dense), example.label()));
    }
    return scaled;
  }
}
