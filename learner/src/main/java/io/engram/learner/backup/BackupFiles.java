package io.engram.learner.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request and answer: two files of two lines beside the store, each written elsewhere and moved into place whole. */
final class BackupFiles {

  /** The answer that says that all is well. */
  static final String DONE = "done";

  private static final int LINES = 2;

  private final Path request;
  private final Path answer;

  BackupFiles(Path store) {
    Path absolute = store.toAbsolutePath().normalize();
    this.request = absolute.resolveSibling(absolute.getFileName() + ".backup-request");
    this.answer = absolute.resolveSibling(absolute.getFileName() + ".backup-answer");
  }

  Path request() {
    return request;
  }

  void ask(BackupRequest wanted) {
    write(request, List.of(wanted.id(), wanted.target().toString()));
  }

  /** Takes the request away, so that it is served once; null if it is gone or makes no sense. */
  @Nullable BackupRequest takeRequest() {
    List<String> lines = take(request);
    return lines.size() == LINES
        ? new BackupRequest(lines.get(0), Path.of(lines.get(1)).toAbsolutePath())
        : null;
  }

  void answer(BackupRequest served, String text) {
    write(answer, List.of(served.id(), text.replace('\n', ' ')));
  }

  /** The answer to this request, taken away; null while there is none. */
  @Nullable String takeAnswer(BackupRequest asked) {
    if (!Files.exists(answer)) {
      return null;
    }
    List<String> lines = take(answer);
    return lines.size() == LINES && lines.get(0).equals(asked.id()) ? lines.get(1) : null;
  }

  private static List<String> take(Path file) {
    try {
      List<String> lines = Files.readAllLines(file);
      Files.deleteIfExists(file);
      return lines;
    } catch (IOException e) {
      return List.of();
    }
  }

  private static void write(Path file, List<String> lines) {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, lines);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
