package io.engram.benchmarks.learning;

import static java.util.Objects.requireNonNull;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.InnerLoop;
import io.engram.core.compute.episode.MetaProgram;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Judges θ on tasks it never learned from: adapts to each one's support set and scores its query set. */
public final class Trial {

  /** Adapted together: enough to keep all cores busy, few enough to keep in memory. */
  private static final int CHUNK = 50;

  private static final int SAY_EVERY = 1000;

  private final MetaProgram program;
  private final Consumer<String> progress;

  public Trial(MetaProgram program, Consumer<String> progress) {
    this.program = program;
    this.progress = progress;
  }

  /**
   * Scores tasks 0 … {@code tasks − 1}.
   *
   * @param name for the line of progress
   * @param task a function of its number
   * @param limit a score above it means that the inner loop diverged
   * @return the mean of the tasks' scores ({@link Evaluation#score()}) for each mode
   */
  public Map<NormalizationMode, Mean> run(
      String name,
      float[] theta,
      InnerLoop loop,
      LongFunction<Episode> task,
      int tasks,
      double limit,
      List<NormalizationMode> modes) {
    Map<NormalizationMode, double[]> scores = new EnumMap<>(NormalizationMode.class);
    modes.forEach(mode -> scores.put(mode, new double[tasks]));
    float[][] adapted = new float[Math.min(CHUNK, tasks)][theta.length];
    List<Evaluation> results = new ArrayList<>();
    for (int i = 0; i < adapted.length; i++) {
      results.add(new Evaluation());
    }
    for (int from = 0; from < tasks; from += CHUNK) {
      int count = Math.min(CHUNK, tasks - from);
      List<Episode> episodes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        episodes.add(task.apply(from + i));
      }
      program.adapt(theta, episodes, loop, adapted);
      for (NormalizationMode mode : modes) {
        program.evaluate(Arrays.copyOf(adapted, count), episodes, mode, results);
        for (int i = 0; i < count; i++) {
          requireNonNull(scores.get(mode))[from + i] = results.get(i).score();
        }
      }
      if ((from + count) % SAY_EVERY == 0) {
        progress.accept("%s: %,d of %,d tasks judged".formatted(name, from + count, tasks));
      }
    }
    Map<NormalizationMode, Mean> means = new EnumMap<>(NormalizationMode.class);
    scores.forEach((mode, values) -> means.put(mode, Mean.of(values, limit)));
    return means;
  }
}
