package io.engram.core.baseline;

import java.util.List;

/** The experts that are fitted on a task's support set alone and keep nothing. */
public final class SupportExperts {

  private static final List<Double> PENALTIES = List.of(0.1, 1.0, 10.0, 100.0);

  private SupportExperts() {}

  /** For numbers; the first is the support's mean. */
  public static List<Expert> numbers() {
    return List.of(
        new RecencyMean("support-mean", 1, 0),
        new RecencyMean("recent-mean", 0.7, 0),
        new RecencyMean("last-label", 0, 0),
        nearest(),
        new SoftNeighbours("soft-neighbours", 0.1),
        ridge());
  }

  /** For classes, in probabilities; the first is the support's shares. */
  public static List<Expert> classes() {
    Expert shares = new RecencyMean("support-shares", 1, 1);
    return List.of(
        shares,
        new RecencyMean("recent-shares", 0.7, 0.5),
        new RecencyMean("last-label", 0, 0.3),
        new SoftNeighbours("soft-neighbours", 0.5),
        new SupportSoftmax("support-softmax", shares, 1));
  }

  /** The mean label of the three nearest support rows; of classes their shares. */
  public static Expert nearest() {
    return new Neighbours("3-nearest", 3);
  }

  /** Ridge regression on the support, its penalty chosen by leaving rows out. */
  static Expert ridge() {
    return new SupportRidge("support-ridge", PENALTIES);
  }

  /** Another expert of numbers, moved by what it missed the support labels by on average. */
  public static Expert shifted(String name, Expert base) {
    return new Shifted(name, base);
  }

  /** Another expert of classes, corrected by a softmax regression on the support. */
  public static Expert adapted(String name, Expert base) {
    return new SupportSoftmax(name, base, 1);
  }
}
