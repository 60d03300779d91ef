package io.engram.learner.agent;

import io.engram.core.guard.Case;
import io.engram.core.guard.Cause;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names what is kept out of learning: of each cause the first, the tenth, the hundredth … that this process met. */
final class QuarantineReport {

  private static final Logger LOG = LoggerFactory.getLogger(QuarantineReport.class);
  private static final int LONGEST_KEY = 100;

  private final Map<Cause, Long> met = new EnumMap<>(Cause.class);

  void tell(List<Case> quarantined) {
    for (Case kept : quarantined) {
      long count = met.merge(kept.cause(), 1L, Long::sum);
      if (powerOfTen(count)) {
        LOG.warn(
            "the task of key '{}' at {} is not learned from: {} (the {}. since the start, the next is named at ten times as many)",
            printable(kept.key()),
            kept.position(),
            kept.reason(),
            count);
      }
    }
  }

  private static boolean powerOfTen(long count) {
    long power = count;
    while (power % 10 == 0) {
      power /= 10;
    }
    return power == 1;
  }

  /** A key is somebody else's text: no line breaks, no escape codes, not without end. */
  static String printable(String key) {
    StringBuilder text = new StringBuilder();
    key.codePoints()
        .limit(LONGEST_KEY)
        .forEach(c -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return key.length() > LONGEST_KEY ? text.append('…').toString() : text.toString();
  }
}
