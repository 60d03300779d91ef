package io.engram.ingest.domain;

import io.engram.schemas.avro.Part;
import java.util.List;

/** Splits a task's examples into support and query by the {@link SplitRules}. Pure. */
final class Splitter {

  /** What came out. */
  sealed interface Split {

    /**
     * A split with at least one example on each side.
     *
     * @param support per example, in order of arrival: whether it is support
     */
    @SuppressWarnings("ArrayRecordComponent") // used once, never compared
    record Done(boolean[] support) implements Split {}

    /** One side would be empty. */
    record Refused(Refusal refusal) implements Split {}
  }

  private final SplitRules rules;

  Splitter(SplitRules rules) {
    this.rules = rules;
  }

  /**
   * Splits.
   *
   * @param parts per example, in order of arrival, what it says itself
   * @param classes per example its class index; all 0 for a regression
   * @param ways number of classes; 0 for a regression
   */
  Split split(List<Part> parts, int[] classes, int ways) {
    boolean[] support = new boolean[parts.size()];
    int[] supportOfClass = new int[Math.max(ways, 1)];
    for (int i = 0; i < support.length; i++) {
      if (parts.get(i) == Part.SUPPORT) {
        support[i] = true;
        supportOfClass[classes[i]]++;
      }
    }
    if (rules.supportFraction().isPresent()) {
      fill(parts, support, wanted(support.length, rules.supportFraction().getAsDouble()));
    } else if (ways == 0) {
      fill(parts, support, rules.support());
    } else {
      fillClasses(parts, classes, support, supportOfClass);
    }
    return bothSides(parts, classes, support);
  }

  private static int wanted(int examples, double fraction) {
    return Math.max(1, Math.min(examples - 1, (int) Math.round(fraction * examples)));
  }

  private static void fill(List<Part> parts, boolean[] support, int wanted) {
    int have = count(support, true);
    for (int i = 0; i < support.length && have < wanted; i++) {
      if (parts.get(i) == Part.AUTO) {
        support[i] = true;
        have++;
      }
    }
  }

  private void fillClasses(
      List<Part> parts, int[] classes, boolean[] support, int[] supportOfClass) {
    for (int i = 0; i < support.length; i++) {
      if (parts.get(i) == Part.AUTO && supportOfClass[classes[i]] < rules.shots()) {
        support[i] = true;
        supportOfClass[classes[i]]++;
      }
    }
  }

  private static Split bothSides(List<Part> parts, int[] classes, boolean[] support) {
    if (count(support, true) == 0) {
      int first = parts.indexOf(Part.AUTO);
      if (first < 0) {
        return oneSided(support.length, "QUERY", "support");
      }
      support[first] = true;
    }
    if (count(support, false) == 0) {
      int last = lastToSpare(parts, classes, support.length);
      if (last < 0) {
        return oneSided(support.length, "SUPPORT", "query");
      }
      support[last] = false;
    }
    return new Split.Done(support);
  }

  /** The last example that may move to the query side, rather one whose class stays in the support set. */
  private static int lastToSpare(List<Part> parts, int[] classes, int examples) {
    for (int i = examples - 1; i >= 0; i--) {
      int ofClass = classes[i];
      if (parts.get(i) == Part.AUTO && countOf(classes, ofClass) > 1) {
        return i;
      }
    }
    return parts.lastIndexOf(Part.AUTO);
  }

  private static int countOf(int[] classes, int wanted) {
    int count = 0;
    for (int found : classes) {
      count += found == wanted ? 1 : 0;
    }
    return count;
  }

  private static int count(boolean[] support, boolean side) {
    int count = 0;
    for (boolean one : support) {
      count += one == side ? 1 : 0;
    }
    return count;
  }

  private static Split oneSided(int examples, String part, String missing) {
    return new Split.Refused(
        new Refusal(
            Category.ONE_SIDED_TASK,
            "all %d examples of the task are marked %s, expected at least 1 %s example"
                .formatted(examples, part, missing)));
  }
}
