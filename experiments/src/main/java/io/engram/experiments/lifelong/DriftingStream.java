package io.engram.experiments.lifelong;

import io.engram.core.compute.SparseInput;
import io.engram.core.continual.StreamExample;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream in the manner of OSAKA (Caccia et al. 2020, section 3): each step brings 5 examples of each of 10 classes. With probability
 * {@code stay} the task stays; otherwise the next one is of either domain with probability ½, with classes and labels drawn anew. Nobody
 * is told.
 */
final class DriftingStream {

  static final int WAYS = 10;
  static final int SHOTS = 5;

  private final List<List<List<SparseInput>>> domains;
  private final double stay;
  private final RandomStream random;
  private int domain;
  private int[] classes = new int[0];

  /**
   * A stream at its first step.
   *
   * @param domains classes of each domain, drawings of each class
   */
  DriftingStream(List<List<List<SparseInput>>> domains, double stay, long seed) {
    this.domains = domains;
    this.stay = stay;
    this.random = new RandomStream(Seeds.derive(seed, Purpose.STREAM, 100));
  }

  /** The domain of the last step. */
  int domain() {
    return domain;
  }

  /** The examples of the next step. */
  List<StreamExample> next() {
    if (classes.length == 0 || random.nextDouble() >= stay) {
      domain = random.nextInt(domains.size());
      classes = random.permutation(domains.get(domain).size());
    }
    List<StreamExample> examples = new ArrayList<>(WAYS * SHOTS);
    for (int label = 0; label < WAYS; label++) {
      List<SparseInput> drawings = domains.get(domain).get(classes[label]);
      for (int shot = 0; shot < SHOTS; shot++) {
        examples.add(new StreamExample(drawings.get(random.nextInt(drawings.size())), label));
      }
    }
    return examples;
  }
}
