package io.engram.experiments.plasticity;

import io.engram.core.continual.StreamExample;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.experiments.lifelong.Digits;
import io.engram.experiments.lifelong.PixelMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Online permuted MNIST (Dohare et al. 2024): every task permutes the pixels in its own way and shows training digits once, in random order. A task is a function of the seed
 * and its number.
 *
 * @param digits where they come from
 * @param examples of each task, drawn without replacement; the paper takes all 60,000
 */
record PermutedStream(Digits digits, int examples, long seed) {

  /** Apart from the streams of {@code bench lifelong}. */
  private static final int PROTOCOL = 100;

  PermutedStream {
    if (examples > digits.size()) {
      throw new IllegalArgumentException(
          "a task of %d examples needs as many digits, found %d"
              .formatted(examples, digits.size()));
    }
  }

  /** Its examples, in order. */
  List<StreamExample> task(int number) {
    RandomStream random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, PROTOCOL, number));
    PixelMap map = PixelMap.permutation(random);
    int[] order = random.permutation(digits.size());
    List<StreamExample> task = new ArrayList<>(examples);
    for (int i = 0; i < examples; i++) {
      task.add(new StreamExample(map.show(digits, order[i]), digits.labels()[order[i]]));
    }
    return task;
  }
}
