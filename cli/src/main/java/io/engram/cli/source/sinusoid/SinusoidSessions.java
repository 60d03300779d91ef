package io.engram.cli.source.sinusoid;

import io.engram.cli.source.Sessions;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each session is one wave {@code y = A·sin(x − φ)} seen at points x drawn uniformly from [−5, 5] (Finn et al. 2017, section 5.1: A in
 * [0.1, 5], φ in [0, π]).
 *
 * <p>The distribution of waves drifts: every second session, at random, takes A and φ not from the whole ranges but from a window a
 * quarter as wide. The window glides from the low end of the ranges to the high end and back, once in {@code driftPeriod} sessions. A
 * drift period of 0 stands for no drift: the paper's distribution.
 *
 * @param shots support examples
 * @param queries query examples
 * @param driftPeriod sessions until the window is back where it was
 */
public record SinusoidSessions(int shots, int queries, long driftPeriod, long seed)
    implements Sessions {

  private static final double LOWEST_AMPLITUDE = 0.1;
  private static final double HIGHEST_AMPLITUDE = 5;
  private static final double LARGEST_X = 5;
  private static final double WINDOW = 0.25;

  public SinusoidSessions {
    if (shots < 1 || queries < 1) {
      throw new IllegalArgumentException(
          "shots and queries must be at least 1, found %d and %d".formatted(shots, queries));
    }
    if (driftPeriod < 0) {
      throw new IllegalArgumentException(
          "drift-period must be 0 (no drift) or more, found " + driftPeriod);
    }
  }

  /** One wave. */
  record Wave(double amplitude, double phase) {
    double at(double x) {
      return amplitude * StrictMath.sin(x - phase);
    }
  }

  @Override
  public int examplesPerSession() {
    return shots + queries;
  }

  @Override
  public String key(long number) {
    return "wave-" + number;
  }

  @Override
  public List<LabeledExample> examples(long number) {
    RandomStream random = random(number);
    Wave wave = wave(number, random);
    List<LabeledExample> examples = new ArrayList<>(examplesPerSession());
    for (int i = 0; i < examplesPerSession(); i++) {
      float x = (float) (LARGEST_X * (2 * random.nextDouble() - 1));
      examples.add(
          new LabeledExample(
              key(number) + "/" + i,
              Tensors.float32(new float[] {x}, 1),
              Tensors.float32(new float[] {(float) wave.at(x)}, 1),
              null,
              i < shots ? Part.SUPPORT : Part.QUERY));
    }
    return examples;
  }

  Wave wave(long number) {
    return wave(number, random(number));
  }

  @Override
  public Map<String, String> identity() {
    return new TreeMap<>(
        Map.of(
            "source", "sinusoid",
            "shots", Integer.toString(shots),
            "queries", Integer.toString(queries),
            "drift-period", Long.toString(driftPeriod)));
  }

  @Override
  public String description() {
    return "sine waves, %d support and %d query points each".formatted(shots, queries);
  }

  private RandomStream random(long number) {
    return new RandomStream(Seeds.derive(seed, Purpose.STREAM, number));
  }

  private Wave wave(long number, RandomStream random) {
    boolean windowed = random.nextDouble() < 0.5 && driftPeriod > 0;
    double width = windowed ? WINDOW : 1;
    double start = windowed ? windowStart(number) : 0;
    double amplitude = start + width * random.nextDouble();
    double phase = start + width * random.nextDouble();
    return new Wave(
        LOWEST_AMPLITUDE + amplitude * (HIGHEST_AMPLITUDE - LOWEST_AMPLITUDE), phase * Math.PI);
  }

  /** Where in [0, 1 − window] the window begins: a triangle wave over the sessions. */
  private double windowStart(long number) {
    double progress = (double) (number % driftPeriod) / driftPeriod;
    return (1 - WINDOW) * (1 - Math.abs(2 * progress - 1));
  }
}
