package io.engram.learner.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupDeskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path directory;

  @Test
  void whoAsksIsServedOnceAndHearsOfIt() {
    Path store = directory.resolve("learner");
    List<Path> made = new ArrayList<>();
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> new RunningLearner(store).backUp(directory.resolve("copy"), PATIENCE));
    serveUntilDone(store, asking, made::add);
    asking.join();
    assertThat(made).containsExactly(directory.resolve("copy"));
  }

  @Test
  void whyItFailedIsToldToTheAskerAndDoesNotStopTheLearner() {
    Path store = directory.resolve("learner");
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(
            () -> new RunningLearner(store).backUp(directory.resolve("copy"), PATIENCE));
    serveUntilDone(
        store,
        asking,
        target -> {
          throw new IllegalStateException(target + " is full");
        });
    assertThatThrownBy(asking::join).hasMessageContaining("copy is full");
  }

  @Test
  void aLearnerThatDoesNotAnswerIsNotWaitedForAndNotServedLater() {
    Path store = directory.resolve("learner");
    assertThatThrownBy(
            () ->
                new RunningLearner(store).backUp(directory.resolve("copy"), Duration.ofMillis(50)))
        .hasMessageContaining("the learner did not answer within");
    new FileBackupDesk(store)
        .serve(
            target -> {
              throw new AssertionError("it was withdrawn");
            });
  }

  private static void serveUntilDone(
      Path store, CompletableFuture<Void> asking, Consumer<Path> backup) {
    FileBackupDesk desk = new FileBackupDesk(store);
    while (!asking.isDone()) {
      desk.serve(backup);
      Thread.onSpinWait();
    }
  }
}
