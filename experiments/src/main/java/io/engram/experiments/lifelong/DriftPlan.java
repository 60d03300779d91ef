package io.engram.experiments.lifelong;

import io.engram.core.compute.SparseInput;
import java.util.ArrayList;
import java.util.List;

/**
 * What to run on drifting streams.
 *
 * @param domains classes of each domain, drawings of each class
 * @param training characters for the pre-training; none of them is in a domain
 * @param tasks of pre-training
 * @param steps of a stream
 * @param seeds a pre-training and a stream each
 * @param entrants learners
 */
record DriftPlan(
    List<List<List<SparseInput>>> domains,
    List<List<SparseInput>> training,
    int tasks,
    int steps,
    List<Long> seeds,
    List<Entrant> entrants) {

  private static final int KEPT_FOR_TUNING = 300;

  /** As OSAKA has it: streams of test characters and test digits. */
  static DriftPlan published(
      Characters characters, Digits test, int tasks, int steps, List<Long> seeds) {
    List<List<List<SparseInput>>> domains = List.of(characters.test(), classes(test));
    return new DriftPlan(domains, characters.training(), tasks, steps, seeds, Entrant.chosen());
  }

  /** For choosing settings: streams of training characters that no pre-training sees, and of training digits. */
  static DriftPlan tuning(
      Characters characters, Digits training, int tasks, int steps, List<Long> seeds) {
    List<List<SparseInput>> all = characters.training();
    int kept = all.size() - KEPT_FOR_TUNING;
    List<List<List<SparseInput>>> domains =
        List.of(all.subList(kept, all.size()), classes(training));
    return new DriftPlan(domains, all.subList(0, kept), tasks, steps, seeds, Entrant.candidates());
  }

  private static List<List<SparseInput>> classes(Digits digits) {
    PixelMap upright = PixelMap.rotation(0);
    List<List<SparseInput>> classes = new ArrayList<>();
    for (int label = 0; label < DriftingStream.WAYS; label++) {
      classes.add(new ArrayList<>());
    }
    int enough = Math.min(digits.size(), 10_000);
    for (int i = 0; i < enough; i++) {
      classes.get(digits.labels()[i]).add(upright.show(digits, i));
    }
    return classes;
  }
}
