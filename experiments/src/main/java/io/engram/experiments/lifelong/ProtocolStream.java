package io.engram.experiments.lifelong;

import io.engram.core.compute.SparseInput;
import io.engram.core.continual.StreamExample;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed's stream of a protocol: every task has training digits of its own and the whole test set, seen its way.
 *
 * @param protocol which
 * @param maps one per task
 * @param digits where training digits come from
 * @param order which of them, task after task
 * @param test what every task is tested on
 * @param tested which of them
 */
@SuppressWarnings("ArrayRecordComponent") // made once per seed, never written to
record ProtocolStream(
    Protocol protocol, List<PixelMap> maps, Digits digits, int[] order, Digits test, int[] tested) {

  /**
   * The published protocol: trained on training digits, tested on test digits.
   *
   * @param tested how many, spread evenly over all of them (the first ones are harder than the rest)
   */
  static ProtocolStream published(
      Protocol protocol, Digits training, Digits test, int tested, long seed) {
    RandomStream random = random(protocol, seed);
    List<PixelMap> maps = protocol.maps(random);
    int[] chosen = new int[tested];
    for (int i = 0; i < tested; i++) {
      chosen[i] = (int) ((long) i * test.size() / tested);
    }
    return new ProtocolStream(
        protocol, maps, training, random.permutation(training.size()), test, chosen);
  }

  /** For choosing settings: tested on {@code held} training digits that are in no task; test digits are never seen. */
  static ProtocolStream tuning(Protocol protocol, Digits training, int held, long seed) {
    RandomStream random = random(protocol, seed);
    List<PixelMap> maps = protocol.maps(random);
    int[] order = random.permutation(training.size());
    int[] tested = new int[held];
    System.arraycopy(order, training.size() - held, tested, 0, held);
    return new ProtocolStream(protocol, maps, training, order, training, tested);
  }

  private static RandomStream random(Protocol protocol, long seed) {
    return new RandomStream(Seeds.derive(seed, Purpose.STREAM, protocol.number));
  }

  /** Training examples of task {@code t}, in order. */
  List<StreamExample> task(int t) {
    List<StreamExample> examples = new ArrayList<>(protocol.examplesPerTask);
    for (int i = 0; i < protocol.examplesPerTask; i++) {
      int digit = order[t * protocol.examplesPerTask + i];
      examples.add(new StreamExample(maps.get(t).show(digits, digit), digits.labels()[digit]));
    }
    return examples;
  }

  /**
   * The same examples, each digit moved by up to one pixel in both directions before the task turns or permutes it; by how much follows from
   * the digit. This augmentation knows that there are images behind the stream.
   */
  List<StreamExample> moved(int t) {
    List<StreamExample> examples = new ArrayList<>(protocol.examplesPerTask);
    for (int i = 0; i < protocol.examplesPerTask; i++) {
      int digit = order[t * protocol.examplesPerTask + i];
      RandomStream shift = new RandomStream(Seeds.derive(digit, Purpose.STREAM, protocol.number));
      PixelMap map = maps.get(t).ofMoved(shift.nextInt(3) - 1, shift.nextInt(3) - 1);
      examples.add(new StreamExample(map.show(digits, digit), digits.labels()[digit]));
    }
    return examples;
  }

  int testSize() {
    return tested.length;
  }

  /** Test digit {@code i} as task {@code t} shows it. */
  SparseInput testInput(int t, int i) {
    return maps.get(t).show(test, tested[i]);
  }

  int testLabel(int i) {
    return test.labels()[tested[i]];
  }
}
