package io.engram.cli;

import io.engram.cli.view.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a finite stream is through: everything is accounted for and nothing has moved for a moment (the last model version is
 * still on its way when the last task is done). Should the accounts never meet, because tasks were refused, a longer standstill will do.
 */
final class Settling {

  private static final double DRAINED_SECONDS = 1.5;
  private static final double STANDSTILL_SECONDS = 20;

  private @Nullable RunStatus moved;

  boolean settled(RunStatus status, boolean drained, boolean exhausted) {
    if (moved == null || !same(moved, status) || !exhausted) {
      moved = status;
      return false;
    }
    double still = status.seconds() - moved.seconds();
    return still >= (drained ? DRAINED_SECONDS : STANDSTILL_SECONDS);
  }

  private static boolean same(RunStatus a, RunStatus b) {
    return a.sent() == b.sent()
        && a.inTasks() == b.inTasks()
        && a.rejected() == b.rejected()
        && a.open() == b.open()
        && a.learned().metaUpdates() == b.learned().metaUpdates()
        && a.modelVersion() == b.modelVersion();
  }
}
