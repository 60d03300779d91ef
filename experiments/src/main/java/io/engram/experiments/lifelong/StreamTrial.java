package io.engram.experiments.lifelong;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.continual.ContinualLearner;
import io.engram.core.continual.ContinualSettings;
import io.engram.core.continual.StreamExample;
import io.engram.core.evaluation.AccuracyMatrix;
import io.engram.core.evaluation.Argmax;
import io.engram.core.evaluation.PrequentialScore;
import io.engram.core.network.Head;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;

/** Takes one learner through one stream: predict, score, learn; tests each task after learning it, and all of them at the end. */
final class StreamTrial {

  /** The network of all three protocols. */
  static final NetworkSpec NETWORK =
      NetworkPresets.mlp(Digits.PIXELS, List.of(100, 100), 10, Head.SOFTMAX_CROSS_ENTROPY);

  private static final int CHUNK = 100;
  private static final int TENTHS = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ProtocolStream stream;
  private final StreamBatch batch = new StreamBatch(NETWORK.outputs());
  private final float[] logits = new float[CHUNK * NETWORK.outputs()];
  private final PrequentialScore prequential = score();
  private long learningNanos;

  StreamTrial(ProtocolStream stream) {
    this.stream = stream;
  }

  /** What a contestant makes of it. */
  ProtocolScores run(Contestant contestant, long seed) {
    ContinualSettings settings = contestant.choose(stream.protocol());
    return run(contestant.label(), settings, contestant.augments(), seed);
  }

  /**
   * What a learner makes of it.
   *
   * @param augments whether each example comes with a moved copy
   */
  ProtocolScores run(String learnerName, ContinualSettings settings, boolean augments, long seed) {
    try (StreamProgram program = new FusedEngine(1).compileStream(NETWORK)) {
      float[] theta = InitialParameters.of(NETWORK, seed, false);
      return run(learnerName, settings, settings.start(program, theta, seed), augments, seed);
    }
  }

  private ProtocolScores run(
      String learnerName,
      ContinualSettings settings,
      ContinualLearner learner,
      boolean augments,
      long seed) {
    Protocol protocol = stream.protocol();
    AccuracyMatrix accuracy = new AccuracyMatrix(protocol.tasks);
    for (int task = 1; task < protocol.tasks; task++) {
      accuracy.setUntrained(task, test(learner, task));
    }
    for (int task = 0; task < protocol.tasks; task++) {
      learn(learner, stream.task(task), augments ? stream.moved(task) : List.of());
      testAfter(task, learner, accuracy);
    }
    return new ProtocolScores(
        new ProtocolScores.Trial(
            learnerName, settings.toString(), protocol.label, seed, stream.testSize()),
        new ProtocolScores.Accuracies(
            accuracy.retained(),
            accuracy.learning(),
            accuracy.worstOldTask(),
            accuracy.averageMinimum(),
            accuracy.forwardTransfer(),
            prequential.cumulative(),
            hindsight(learner)),
        learningNanos / 1e9);
  }

  /** This task, the next one, and at each tenth of the stream the old ones. */
  private void testAfter(int task, ContinualLearner learner, AccuracyMatrix accuracy) {
    int tasks = stream.protocol().tasks;
    boolean all = (task + 1) % (tasks / TENTHS) == 0;
    int until = Math.min(tasks - 1, task + 1);
    for (int on = all ? 0 : task; on <= until; on++) {
      accuracy.set(task, on, test(learner, on));
    }
  }

  /** Percent right of all examples of the stream, asked again when it is over. */
  private double hindsight(ContinualLearner learner) {
    PrequentialScore score = score();
    for (int task = 0; task < stream.protocol().tasks; task++) {
      predict(learner, stream.task(task), score);
    }
    return score.cumulative();
  }

  private static PrequentialScore score() {
    return new PrequentialScore(1000, 0.999);
  }

  /**
   * @param besides as many more to learn from, each with the example it was made of; may be empty
   */
  private void learn(
      ContinualLearner learner, List<StreamExample> examples, List<StreamExample> besides) {
    for (int from = 0; from < examples.size(); from += learner.arriving()) {
      int until = Math.min(examples.size(), from + learner.arriving());
      List<StreamExample> arrived = new ArrayList<>(examples.subList(from, until));
      predict(learner, arrived, prequential);
      if (!besides.isEmpty()) {
        arrived.addAll(besides.subList(from, until));
      }
      long start = THREADS.getCurrentThreadCpuTime();
      learner.learn(arrived);
      learningNanos += THREADS.getCurrentThreadCpuTime() - start;
    }
  }

  /** Scores what the learner says of examples; how many were right. */
  int predict(ContinualLearner learner, List<StreamExample> examples, PrequentialScore score) {
    int right = 0;
    for (int from = 0; from < examples.size(); from += CHUNK) {
      List<StreamExample> chunk = examples.subList(from, Math.min(examples.size(), from + CHUNK));
      batch.clear();
      chunk.forEach(example -> batch.add(example.input()));
      learner.predict(batch, logits);
      for (int i = 0; i < chunk.size(); i++) {
        boolean hit = answer(logits, i) == chunk.get(i).label();
        score.add(hit ? 100 : 0);
        right += hit ? 1 : 0;
      }
    }
    return right;
  }

  /** Percent right of a task's test set. */
  private double test(ContinualLearner learner, int task) {
    int right = 0;
    for (int from = 0; from < stream.testSize(); from += CHUNK) {
      int until = Math.min(stream.testSize(), from + CHUNK);
      batch.clear();
      for (int i = from; i < until; i++) {
        batch.add(stream.testInput(task, i));
      }
      learner.predict(batch, logits);
      for (int i = from; i < until; i++) {
        right += answer(logits, i - from) == stream.testLabel(i) ? 1 : 0;
      }
    }
    return 100.0 * right / stream.testSize();
  }

  /** The class that the logits of an example are for. */
  static int answer(float[] logits, int row) {
    return Argmax.of(logits, row * NETWORK.outputs(), NETWORK.outputs());
  }
}
