package io.engram.benchmarks.poison;

import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.core.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Tasks of fifty keys: a wave of each key's own, or five clusters that each key has shifted. The same tasks come in a clean stream and in a
 * poisoned one, but for those that are poison.
 *
 * @param length honest tasks
 * @param classes whether labels are classes
 * @param flood tasks of the key that sends nearly everything, for each honest one
 */
record Stream(int length, boolean classes, int flood, long seed) {

  private static final int INPUTS = 4;
  private static final int CLASSES = 5;
  private static final int KEYS = 50;
  private static final int ROWS = 20;
  private static final int NOISY_KEY = 7;
  private static final int GROWING_KEY = 3;
  private static final int BETWEEN_SENTINELS = 50;

  /**
   * One task on its way.
   *
   * @param judged whether its score counts: neither poison nor of a key that sends some
   */
  record Sent(Task task, boolean judged) {}

  /** The stream; clean where there is no poison, but with the same tasks left unjudged. */
  List<Sent> sent(Poison poison, boolean clean) {
    List<Sent> sent = new ArrayList<>();
    for (int number = 0; number < length; number++) {
      boolean late = number >= length / 2;
      boolean bad = poisoned(poison, number, late);
      Rows rows = rows(number);
      if (bad && !clean) {
        rows.poison(poison, number, length, random(number, 1));
      }
      sent.add(new Sent(rows.task("k" + number % KEYS, number), judged(poison, number, bad)));
      if (late && poison == Poison.FLOOD && !clean) {
        flood(number, sent);
      }
    }
    return sent;
  }

  private void flood(int number, List<Sent> sent) {
    for (int i = 0; i < flood; i++) {
      Rows rows = rows(number);
      rows.poison(Poison.FLOOD, number, length, random(number, 2 + i));
      sent.add(new Sent(rows.task("k999", length + number * flood + i), false));
    }
  }

  private boolean poisoned(Poison poison, int number, boolean late) {
    return switch (poison) {
      case ONE_1E20, ONE_1E6 -> number == length / 2;
      case SENTINEL -> number % BETWEEN_SENTINELS == GROWING_KEY;
      case DRIFT -> late;
      case EXPLODE -> late && number % KEYS == GROWING_KEY;
      case FLOOD -> false;
      case NOISE -> number % KEYS == NOISY_KEY;
    };
  }

  private static boolean judged(Poison poison, int number, boolean bad) {
    return poison == Poison.DRIFT
        || (!bad && !(poison == Poison.EXPLODE && number % KEYS == GROWING_KEY));
  }

  private RandomStream random(int number, int purpose) {
    return new RandomStream(Seeds.derive(seed, Purpose.STREAM, number, purpose));
  }

  private Rows rows(int number) {
    RandomStream of = new RandomStream(Seeds.derive(seed, Purpose.STREAM, number % KEYS, -1));
    return new Rows(this, of, random(number, 0));
  }

  /** The rows of one task, before they are a task. */
  private static final class Rows {

    private final boolean classes;
    private final int width;
    private final float[] inputs;
    private final float[] labels = new float[ROWS];

    Rows(Stream stream, RandomStream key, RandomStream random) {
      this.classes = stream.classes();
      this.width = classes ? INPUTS : 1;
      this.inputs = new float[ROWS * width];
      double amplitude = 0.5 + 2 * key.nextDouble();
      double phase = 3 * key.nextDouble();
      for (int i = 0; i < ROWS; i++) {
        if (classes) {
          cluster(i, phase, random);
        } else {
          inputs[i] = (float) (10 * random.nextDouble() - 5);
          labels[i] = (float) (amplitude * Math.sin(inputs[i] + phase));
        }
      }
    }

    /** A point about the place of its class: one axis each, and one back along the first. */
    private void cluster(int row, double shift, RandomStream random) {
      int label = random.nextInt(CLASSES);
      for (int j = 0; j < INPUTS; j++) {
        inputs[row * INPUTS + j] = (float) random.nextGaussian();
      }
      labels[row] = label;
      inputs[row * INPUTS + label % INPUTS] += (float) (label == INPUTS ? -3 : 3 + shift / 6);
    }

    void poison(Poison poison, int number, int length, RandomStream random) {
      switch (poison) {
        case ONE_1E20 -> multiply(classes ? inputs : labels, 1e20);
        case ONE_1E6 -> multiply(classes ? inputs : labels, 1e6);
        case SENTINEL -> (classes ? inputs : labels)[random.nextInt(ROWS)] = -9999;
        case DRIFT -> multiply(inputs, 1e6);
        case EXPLODE ->
            multiply(
                classes ? inputs : labels, Math.pow(10, 20.0 * (number - length / 2) / length));
        case FLOOD -> noise(random, 1);
        case NOISE -> noise(random, 0.5);
      }
    }

    private void noise(RandomStream random, double share) {
      for (int i = 0; i < ROWS; i++) {
        if (random.nextDouble() < share) {
          labels[i] = classes ? random.nextInt(CLASSES) : (float) (10 * random.nextDouble() - 5);
        }
      }
    }

    private static void multiply(float[] values, double factor) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (values[i] * factor);
      }
    }

    Task task(String key, int number) {
      List<String> names = new ArrayList<>();
      for (int c = 0; classes && c < CLASSES; c++) {
        names.add("c" + c);
      }
      return new Task(
          String.format(Locale.ROOT, "%s/%d", key, number),
          key,
          names,
          part(0),
          part(ROWS / 2),
          number);
    }

    private ExampleSet part(int from) {
      int to = from + ROWS / 2;
      float[] x = Arrays.copyOfRange(inputs, from * width, to * width);
      float[] y = Arrays.copyOfRange(labels, from, to);
      return new ExampleSet(width, x, classes ? targets(y) : new Targets.Values(1, y));
    }

    private static Targets targets(float[] labels) {
      int[] chosen = new int[labels.length];
      for (int i = 0; i < chosen.length; i++) {
        chosen[i] = (int) labels[i];
      }
      return new Targets.Classes(CLASSES, chosen);
    }
  }
}
