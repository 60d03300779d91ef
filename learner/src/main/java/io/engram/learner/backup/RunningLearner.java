package io.engram.learner.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** A learner at work in another process, asked for a backup. */
public final class RunningLearner {

  private static final long LOOK_NANOS = 20_000_000L;

  private final BackupFiles files;

  /**
   * @param store the directory of its store
   */
  public RunningLearner(Path store) {
    this.files = new BackupFiles(store);
  }

  /**
   * Asks, and waits until the backup is there.
   *
   * @param target a directory that must not exist or be empty, named as the learner's process sees it
   * @throws IllegalStateException with the learner's reason if it failed, or if it does not answer in time
   */
  public void backUp(Path target, Duration patience) {
    BackupRequest request =
        new BackupRequest(UUID.randomUUID().toString(), target.toAbsolutePath().normalize());
    files.ask(request);
    long end = System.nanoTime() + patience.toNanos();
    String answer = files.takeAnswer(request);
    while (answer == null && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
      answer = files.takeAnswer(request);
    }
    if (answer == null) {
      withdraw();
      throw new IllegalStateException(
          "the learner did not answer within %d s; look at its log, or stop it and ask again"
              .formatted(patience.toSeconds()));
    }
    if (!answer.equals(BackupFiles.DONE)) {
      throw new IllegalStateException(answer);
    }
  }

  private void withdraw() {
    try {
      Files.deleteIfExists(files.request());
    } catch (IOException e) {
      throw new UncheckedIOException(files.request() + " cannot be deleted", e);
    }
  }
}
