package io.engram.core.evaluation;

/**
 * One prequential score (predict, score, only then learn), estimated in three ways at once in constant memory (Gama, Sebastião &amp;
 * Rodrigues 2013, section 3):
 *
 * <pre>
 * cumulative  S(i) = (1/i)·Σ x_k                     over everything
 * window      S(i) = (1/w)·Σ x_k, k = i−w+1 … i      over the last w
 * fading      S(i) = F(i)/N(i), F(i) = x_i + α·F(i−1), N(i) = 1 + α·N(i−1)
 * </pre>
 *
 * Not thread-safe.
 */
public final class PrequentialScore {

  private final double[] recent;
  private final double fadingFactor;
  private long count;
  private double sum;
  private double fadingSum;
  private double fadingCount;

  /**
   * Nothing scored yet.
   *
   * @param window w, at least 1
   * @param fadingFactor α in (0, 1]; its memory is about 1/(1−α) scores
   */
  public PrequentialScore(int window, double fadingFactor) {
    if (window < 1) {
      throw new IllegalArgumentException("a score window needs at least 1 score, found " + window);
    }
    if (!(fadingFactor > 0 && fadingFactor <= 1)) {
      throw new IllegalArgumentException(
          "a fading factor lies above 0 and at most at 1, found " + fadingFactor);
    }
    this.recent = new double[window];
    this.fadingFactor = fadingFactor;
  }

  /** Adds the next score. */
  public void add(double score) {
    recent[(int) (count % recent.length)] = score;
    count++;
    sum += score;
    fadingSum = score + fadingFactor * fadingSum;
    fadingCount = 1 + fadingFactor * fadingCount;
  }

  /** Scores added. */
  public long count() {
    return count;
  }

  /** Mean of all; NaN before the first. */
  public double cumulative() {
    return sum / count;
  }

  /** Mean of the last w, or of all if there are fewer; NaN before the first. */
  public double window() {
    int size = (int) Math.min(count, recent.length);
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += recent[i];
    }
    return total / size;
  }

  /** Mean with weights that fade by α a score; NaN before the first. */
  public double fading() {
    return fadingSum / fadingCount;
  }
}
