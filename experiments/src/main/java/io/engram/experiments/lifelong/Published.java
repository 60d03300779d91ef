package io.engram.experiments.lifelong;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the literature reports: Gupta, Yadav &amp; Paull (2020), "La-MAML: look-ahead meta learning for continual learning", table 1.
 *
 * @param retained RA, percent
 * @param interference BTI, percent
 */
record Published(double retained, double interference) {

  private static final Map<Protocol, Map<Contestant, Published>> TABLE =
      Map.of(
          Protocol.ROTATIONS,
          Map.of(
              Contestant.MER, new Published(77.42, -5.60),
              Contestant.LA_MAML, new Published(77.42, -8.64),
              Contestant.C_MAML, new Published(77.33, -7.88)),
          Protocol.PERMUTATIONS,
          Map.of(
              Contestant.MER, new Published(73.46, -9.96),
              Contestant.LA_MAML, new Published(74.34, -7.60),
              Contestant.C_MAML, new Published(74.54, -10.36)),
          Protocol.MANY_PERMUTATIONS,
          Map.of(
              Contestant.MER, new Published(47.40, -17.78),
              Contestant.LA_MAML, new Published(48.46, -12.96),
              Contestant.C_MAML, new Published(47.29, -20.86)));

  /** The figures of a learner of the literature, or null. */
  static @Nullable Published of(Contestant contestant, Protocol protocol) {
    return TABLE.getOrDefault(protocol, Map.of()).get(contestant);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "RA %.2f, BTI %.2f", retained, interference);
  }
}
