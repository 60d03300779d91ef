package io.engram.predict.domain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the answers of each key fare beside the simple thing, since this process took its partition over: of those whose labels came last, so
 * that a million keys need no more room than ten thousand. One thread writes, any may read.
 */
public final class KeyScores {

  /** Of fewer answers nothing is said. */
  static final int FEWEST = 10;

  static final Comparator<Behind> FURTHEST =
      Comparator.comparingDouble(Behind::by).reversed().thenComparing(Behind::key);

  private static final int MOST_KEYS = 10_000;

  private final Map<String, Sums> sums =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sums> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /**
   * A key whose answers were worse than the simple thing's, by more than twice what chance makes of it.
   *
   * @param answers whose labels came, and of which both are known
   * @param score mean score of the answers given
   * @param simple mean score of what the simple thing would have answered
   * @param by of classes the share by which it is worse, of numbers the part by which its error is larger
   */
  public record Behind(String key, long answers, double score, double simple, double by) {}

  /**
   * Of a key.
   *
   * @param squares of the differences between the two scores of an answer
   */
  private record Sums(long answers, double score, double simple, double squares, boolean classes) {

    Sums and(double score, double simple, int sign) {
      double difference = score - simple;
      return new Sums(
          answers + sign,
          this.score + sign * score,
          this.simple + sign * simple,
          squares + sign * difference * difference,
          classes);
    }

    /** Whether its answers are worse, by more than twice what chance makes of it. */
    boolean isBehind() {
      double worse = (classes ? simple - score : score - simple) / answers;
      double variance = Math.max(0, squares / answers - worse * worse);
      return answers >= FEWEST && worse > 2 * Math.sqrt(variance / answers);
    }

    Behind of(String key) {
      double mean = score / answers;
      double beside = simple / answers;
      return new Behind(
          key, answers, mean, beside, classes ? beside - mean : (mean - beside) / beside);
    }
  }

  /**
   * Counts a label, or takes it out again.
   *
   * @param classes whether scores are hits, of which more is better, or errors
   * @param sign 1 or −1
   */
  synchronized void add(String key, double score, double simple, boolean classes, int sign) {
    Sums after = sums.getOrDefault(key, new Sums(0, 0, 0, 0, classes)).and(score, simple, sign);
    if (after.answers() > 0) {
      sums.put(key, after);
    } else {
      // Also where the label that is taken out came before this process did.
      sums.remove(key);
    }
  }

  /** Those behind the simple thing, the furthest first. */
  public synchronized List<Behind> behind(int most) {
    List<Behind> found = new ArrayList<>();
    sums.forEach(
        (key, sum) -> {
          if (sum.isBehind()) {
            found.add(sum.of(key));
          }
        });
    found.sort(FURTHEST);
    return List.copyOf(found.subList(0, Math.min(most, found.size())));
  }
}
