package io.engram.core.continual;

/**
 * Which unit of one hidden layer begins anew, and when: utilities, ages and what is due (Dohare et al. 2024, algorithm 1). Ages are only told apart
 * up to maturity and stop there.
 */
final class UnitTurnover {

  /** No unit. */
  static final int NONE = -1;

  private final ContinualBackprop.Settings settings;
  private final float[] utilities;
  private final int[] ages;
  private double due;

  /** Of units that are all new. */
  UnitTurnover(int units, ContinualBackprop.Settings settings) {
    this.settings = settings;
    this.utilities = new float[units];
    this.ages = new int[units];
  }

  /**
   * A step was taken.
   *
   * @param contributions what each unit gave in it, |h|·Σₖ|wₖ|, from {@code first} on
   * @return the unit whose weights are to begin anew, its utility and age have; or {@link #NONE}
   */
  int after(float[] contributions, int first) {
    float decay = settings.decay();
    int mature = 0;
    int least = NONE;
    for (int unit = 0; unit < utilities.length; unit++) {
      utilities[unit] = decay * utilities[unit] + (1 - decay) * contributions[first + unit];
      ages[unit] = Math.min(ages[unit], settings.maturity()) + 1;
      if (ages[unit] > settings.maturity()) {
        mature++;
        least = least == NONE || utilities[unit] < utilities[least] ? unit : least;
      }
    }
    due += (double) settings.replacement() * mature;
    if (least == NONE || due <= 1) {
      return NONE;
    }
    due--;
    utilities[least] = 0;
    ages[least] = 0;
    return least;
  }

  /** c, units that are due and have not begun anew yet. */
  double due() {
    return due;
  }

  /** Writes the units' utilities and ages from {@code at} on. */
  void store(float[] utilitiesInto, float[] agesInto, int at) {
    for (int unit = 0; unit < utilities.length; unit++) {
      utilitiesInto[at + unit] = utilities[unit];
      agesInto[at + unit] = ages[unit];
    }
  }

  /** Becomes what another one was that stored these. */
  void resume(float[] storedUtilities, float[] storedAges, int at, double storedDue) {
    for (int unit = 0; unit < utilities.length; unit++) {
      utilities[unit] = storedUtilities[at + unit];
      ages[unit] = (int) storedAges[at + unit];
    }
    due = storedDue;
  }
}
