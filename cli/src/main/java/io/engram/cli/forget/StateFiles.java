package io.engram.cli.forget;

import io.engram.cli.state.StateDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What a state directory holds besides the broker's topics: stores that follow from them, and the log for people. */
public final class StateFiles {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final String DELETED = "-delete";

  private final StateDirectory state;

  public StateFiles(StateDirectory state) {
    this.state = state;
  }

  /** Deletes the stores of ingest, predict and the learner, where they are here: all are made again from the topics. */
  public void deleteStores() {
    delete(state.ingest());
    delete(state.predict());
    delete(state.learner());
  }

  /** Takes the lines that name a key out of the log for people and its older parts. */
  public void cleanLogs(Needle key) {
    String name = state.log().getFileName().toString();
    try (Stream<Path> files = Files.list(state.root())) {
      files
          .filter(it -> it.getFileName().toString().startsWith(name))
          .filter(it -> FileSearch.holds(it, key))
          .forEach(it -> clean(it, key));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot look for logs in " + state.root(), e);
    }
  }

  private static void clean(Path file, Needle key) {
    try {
      // Bytes as characters: whatever the lines hold, the others stay as they are.
      List<String> others =
          Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
              .filter(line -> !key.in(line.getBytes(StandardCharsets.ISO_8859_1)))
              .toList();
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, others, StandardCharsets.ISO_8859_1);
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clean " + file, e);
    }
  }

  /** Waits until the broker has deleted the files of topics that are deleted, which it does a moment later. */
  public void awaitDeletedTopics() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && anyDeleted()) {
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  private boolean anyDeleted() {
    try (Stream<Path> entries = Files.walk(state.broker())) {
      return entries.anyMatch(it -> it.getFileName().toString().endsWith(DELETED));
    } catch (IOException | UncheckedIOException e) {
      return true; // something is vanishing just now
    }
  }

  private static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (NoSuchFileException e) {
      throw new UncheckedIOException(directory + " is in use: stop what runs there first", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }
}
