package io.engram.cli;

import io.engram.cli.view.RejectedBy.Reason;
import io.engram.cli.view.RunStatus;
import java.util.Locale;
import java.util.Map;

/** A run has come to its end, but more of its examples were rejected than not. */
final class MostlyRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MostlyRejected(RunStatus status) {
    super(
        String.format(
            Locale.ROOT,
            "%,d of %,d examples were rejected, more than half; %s",
            status.rejected(),
            status.sent(),
            status.rejectedBy().commonest().stream()
                .findFirst()
                .map(MostlyRejected::words)
                .orElse("the topic examples.rejected says why")));
  }

  private static String words(Map.Entry<String, Reason> commonest) {
    return String.format(
        Locale.ROOT,
        "most often (%,d): %s",
        commonest.getValue().count(),
        commonest.getValue().first());
  }
}
