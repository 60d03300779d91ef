package io.engram.learner.backup;

import io.engram.learner.agent.BackupDesk;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link BackupDesk} on a request file beside the store; the answer is left in another. */
public final class FileBackupDesk implements BackupDesk {

  private static final Logger LOG = LoggerFactory.getLogger(FileBackupDesk.class);

  private final BackupFiles files;

  /**
   * @param store the directory of the learner's store
   */
  public FileBackupDesk(Path store) {
    this.files = new BackupFiles(store);
  }

  @Override
  public void serve(Consumer<Path> backup) {
    if (!Files.exists(files.request())) {
      return;
    }
    BackupRequest request = files.takeRequest();
    if (request == null) {
      return;
    }
    String answer;
    try {
      long start = System.nanoTime();
      backup.accept(request.target());
      answer = BackupFiles.DONE;
      LOG.info(
          "backed up to {} in {} ms", request.target(), (System.nanoTime() - start) / 1_000_000);
    } catch (RuntimeException e) {
      answer = String.valueOf(e.getMessage());
      LOG.warn("the backup to {} failed: {}", request.target(), answer);
    }
    try {
      files.answer(request, answer);
    } catch (UncheckedIOException e) {
      LOG.warn(
          "the asker of the backup to {} gets no answer: {}", request.target(), e.getMessage());
    }
  }
}
