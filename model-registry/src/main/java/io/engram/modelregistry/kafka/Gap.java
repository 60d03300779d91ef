package io.engram.modelregistry.kafka;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Events that stand behind others that are not there. A single one may be anybody's; two that follow on each other, or one that is
 * signed, are the registry's own, and the log has lost what was before them.
 */
final class Gap {

  private @Nullable LogRecord last;
  private long lastPlace;
  private @Nullable LogRecord first;
  private boolean own;

  void add(LogRecord record, long place, boolean signed) {
    LogRecord before = last;
    if (first == null) {
      first = record;
    }
    own |= signed || (before != null && place == lastPlace + 1 && follows(record, before));
    last = record;
    lastPlace = place;
  }

  /** An event of the registry stands in its place behind them: they are no longer waited for. */
  void close() {
    last = null;
    first = null;
    own = false;
  }

  /**
   * What is missing, if anything is.
   *
   * @param events how many stand
   * @param signed whether only what is signed is the registry's own
   */
  Optional<String> problem(int events, boolean signed) {
    LogRecord begins = first;
    return begins == null || !own
        ? Optional.empty()
        : Optional.of(
            "registry-events at offset %d is event %d, but only %d events stand before it%s"
                .formatted(
                    begins.offset(),
                    begins.place() + 1,
                    events,
                    signed ? ", and it is signed" : ""));
  }

  private boolean follows(LogRecord record, LogRecord before) {
    byte[] named = record.before();
    byte[] tie = before.before();
    if (named == null || tie == null) {
      return named == null && tie == null;
    }
    return Arrays.equals(named, Chain.hash(tie, lastPlace, before.value()));
  }
}
