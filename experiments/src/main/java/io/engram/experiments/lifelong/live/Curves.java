package io.engram.experiments.lifelong.live;

import io.engram.benchmarks.learning.Mean;
import io.engram.core.evaluation.AdaptationCurve.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What the sittings of one arm show, over all questions of all seeds.
 *
 * @param runs one for each seed, each with one sitting for each exam
 */
record Curves(Arm arm, List<Run> runs) {

  /** One seed's itinerary and sittings. */
  record Run(LivePlan plan, Itinerary itinerary, List<Sitting> sittings) {

    /** Percent right of the questions of exam {@code number} about the alphabets seen until then. */
    double[] retained(int number) {
      return at(number).about(itinerary.seenAfter(number * plan.stretches().perExam()));
    }

    double[] early(int number) {
      return at(number).about(itinerary.early());
    }

    double[] unseen(int number) {
      return at(number).about(itinerary.unseen());
    }

    double[] prequential(int number) {
      return new double[] {at(number).prequential()};
    }

    private Sitting at(int number) {
      return sittings.get(number - 1);
    }
  }

  Curves {
    runs = List.copyOf(runs);
  }

  int exams() {
    return runs.get(0).sittings().size();
  }

  long tasksAt(int number) {
    return runs.get(0).at(number).tasks();
  }

  Mean retained(int number) {
    return mean(run -> run.retained(number));
  }

  /** On the alphabets that are seen only at the beginning. */
  Mean early(int number) {
    return mean(run -> run.early(number));
  }

  /** On the alphabets that are never seen. */
  Mean unseen(int number) {
    return mean(run -> run.unseen(number));
  }

  /** Of the tasks since the exam before. */
  Mean prequential(int number) {
    return mean(run -> run.prequential(number));
  }

  /** Of all tasks. */
  double prequential() {
    double sum = 0;
    for (int number = 1; number <= exams(); number++) {
      sum += prequential(number).value();
    }
    return sum / exams();
  }

  /** The first exam after all early alphabets were left. */
  int lastOfBeginning() {
    Run run = runs.get(0);
    return (run.itinerary().early().size() + run.plan().stretches().perExam() - 1)
        / run.plan().stretches().perExam();
  }

  /** The exam in which it was best on the early alphabets, of those after they were all left. */
  int bestOnEarly() {
    return IntStream.rangeClosed(lastOfBeginning(), exams())
        .boxed()
        .max(Comparator.comparingDouble(number -> early(number).value()))
        .orElseThrow();
  }

  /** Points lost on the early alphabets from its best exam to its last, question by question. */
  Mean lossOnEarly() {
    int best = bestOnEarly();
    return mean(run -> difference(run.early(best), run.early(exams())));
  }

  /** The most points by which it ever was below an earlier exam on the early alphabets, of those after they were all left. */
  double deepestFallOnEarly() {
    double best = Double.NEGATIVE_INFINITY;
    double deepest = 0;
    for (int number = lastOfBeginning(); number <= exams(); number++) {
      double now = early(number).value();
      best = Math.max(best, now);
      deepest = Math.max(deepest, best - now);
    }
    return deepest;
  }

  /** Points by which it is above another arm in the last exam on the early alphabets, question by question. */
  Mean aheadOnEarly(Curves other) {
    double[] own = all(run -> run.early(exams()));
    double[] others = other.all(run -> run.early(other.exams()));
    return Mean.of(difference(own, others), Double.MAX_VALUE);
  }

  /** Percent right at exam {@code number} by steps or shots; empty if no such curve was taken by all runs. */
  SortedMap<Integer, Mean> adaptation(int number, Function<AdaptationCurves, List<Point>> curve) {
    SortedMap<Integer, List<Point>> points = new TreeMap<>();
    for (Run run : runs) {
      AdaptationCurves taken = run.at(number).adaptation();
      if (taken == null) {
        return new TreeMap<>();
      }
      curve
          .apply(taken)
          .forEach(point -> points.computeIfAbsent(point.x(), x -> new ArrayList<>()).add(point));
    }
    SortedMap<Integer, Mean> means = new TreeMap<>();
    points.forEach((x, of) -> means.put(x, mean(of)));
    return means;
  }

  /** Over seeds, whose errors are independent. */
  private static Mean mean(List<Point> points) {
    int n = points.size();
    double score = points.stream().mapToDouble(Point::score).sum() / n;
    double squares = points.stream().mapToDouble(point -> point.error() * point.error()).sum();
    return new Mean(100 * score, 196 * Math.sqrt(squares) / n, n, 0);
  }

  private Mean mean(Function<Run, double[]> scores) {
    return Mean.of(all(scores), Double.MAX_VALUE);
  }

  private double[] all(Function<Run, double[]> scores) {
    return runs.stream().map(scores).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }
}
