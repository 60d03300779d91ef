package io.engram.core.evaluation;

/**
 * What learning online cost, against a reference that had it easier: {@code regret(n) = Σ loss_i(learner) − Σ loss_i(reference)} (Zinkevich
 * 2003, section 1). Against an offline oracle the reference is one model that saw the whole stream beforehand; against a joint learner it
 * is at each time one that keeps and relearns everything seen so far. Constant memory. Not thread-safe.
 */
public final class Regret {

  private long count;
  private double total;

  /** Adds the losses of both on the same example or batch, each predicted before learning it. */
  public void add(double learnerLoss, double referenceLoss) {
    total += learnerLoss - referenceLoss;
    count++;
  }

  /** Losses compared. */
  public long count() {
    return count;
  }

  /** Σ of the differences; below 0 where the learner did better. */
  public double total() {
    return total;
  }

  /** Total over count; a learner learns in the sense of online learning if this goes to 0. NaN before the first. */
  public double average() {
    return total / count;
  }
}
