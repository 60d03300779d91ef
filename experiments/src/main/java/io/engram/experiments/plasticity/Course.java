package io.engram.experiments.plasticity;

import io.engram.core.compute.stream.StreamBatch;
import io.engram.core.compute.stream.StreamProgram;
import io.engram.core.continual.DurableLearner;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.StreamExample;
import io.engram.core.evaluation.Argmax;
import io.engram.core.network.Head;
import io.engram.core.network.InitialParameters;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.NetworkSpec;
import io.engram.engine.fused.FusedEngine;
import io.engram.experiments.lifelong.Digits;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * One learner on one stream, task after task: predict, score, learn. After every task it is put down in a file, from which it goes on to the
 * same bits.
 */
final class Course {

  /** The paper's network, its widths the smallest of those that the paper tries. */
  static final NetworkSpec NETWORK =
      NetworkPresets.mlp(Digits.PIXELS, List.of(100, 100, 100), 10, Head.SOFTMAX_CROSS_ENTROPY);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final PermutedStream stream;
  private final DurableSettings settings;
  private final CourseFile file;
  private final StreamBatch batch = new StreamBatch(NETWORK.outputs());
  private float[] logits = new float[0];

  /**
   * A course that goes on where the file says it was, if it was the same one.
   *
   * @param directory where the file lies
   * @param name of the file
   */
  Course(PermutedStream stream, DurableSettings settings, Path directory, String name) {
    this.stream = stream;
    this.settings = settings;
    this.file = new CourseFile(directory.resolve(name + ".course"), identity());
  }

  /** All that its figures depend on. */
  String identity() {
    return "%s, %s on %s, %d examples a task, seed %d"
        .formatted(settings.name(), settings, NETWORK, stream.examples(), stream.seed());
  }

  /** The tasks that were done before; not more than asked for. */
  Progress sofar(int tasks) throws IOException {
    return file.read().map(it -> it.progress().first(tasks)).orElse(Progress.NONE);
  }

  /**
   * Goes on until so many tasks are done.
   *
   * @param after told each task's number, from 1, and the percentage right in it
   */
  Progress until(int tasks, BiConsumer<Integer, Double> after) throws IOException {
    CourseFile.Place place = file.read().orElse(null);
    if (place != null && place.progress().tasks() >= tasks) {
      return place.progress().first(tasks);
    }
    try (StreamProgram program = new FusedEngine(1).compileStream(NETWORK)) {
      float[] theta =
          place == null ? InitialParameters.of(NETWORK, stream.seed(), false) : place.theta();
      DurableLearner learner = settings.start(program, theta, stream.seed());
      Progress progress = Progress.NONE;
      if (place != null) {
        learner.resume(place.state());
        progress = place.progress();
      }
      while (progress.tasks() < tasks) {
        List<StreamExample> task = stream.task(progress.tasks());
        long start = THREADS.getCurrentThreadCpuTime();
        double right = learn(learner, task);
        double seconds = (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        progress = progress.with(right, seconds);
        learner.store(theta);
        file.write(new CourseFile.Place(progress, theta, learner.state()));
        after.accept(progress.tasks(), right);
      }
      return progress;
    }
  }

  /** Percent right, each example asked before it is learned. */
  private double learn(DurableLearner learner, List<StreamExample> task) {
    int right = 0;
    for (int from = 0; from < task.size(); from += learner.arriving()) {
      List<StreamExample> arrived =
          task.subList(from, Math.min(task.size(), from + learner.arriving()));
      right += right(learner, arrived);
      learner.learn(arrived);
    }
    return 100.0 * right / task.size();
  }

  private int right(DurableLearner learner, List<StreamExample> arrived) {
    int outputs = NETWORK.outputs();
    if (logits.length < arrived.size() * outputs) {
      logits = new float[arrived.size() * outputs];
    }
    batch.clear();
    for (StreamExample example : arrived) {
      batch.add(example.input());
    }
    learner.predict(batch, logits);
    int right = 0;
    for (int i = 0; i < arrived.size(); i++) {
      right += Argmax.of(logits, i * outputs, outputs) == arrived.get(i).label() ? 1 : 0;
    }
    return right;
  }
}
