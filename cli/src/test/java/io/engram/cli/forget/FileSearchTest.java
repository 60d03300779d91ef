package io.engram.cli.forget;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes are found wherever they stand in a file, over the borders at which it is read too. */
class FileSearchTest {

  private static final int MEGABYTE = 1 << 20;

  @Test
  void theyAreFoundAtTheBeginningTheEndAndOverEveryBorder(@TempDir Path directory)
      throws IOException {
    Needle needle = Needle.of("tenant-42");
    int size = 2 * MEGABYTE + 50;
    for (int at :
        new int[] {
          0, 1, MEGABYTE - 9, MEGABYTE - 5, MEGABYTE - 1, MEGABYTE, 2 * MEGABYTE - 4, size - 9
        }) {
      byte[] bytes = new byte[size];
      System.arraycopy("tenant-42".getBytes(UTF_8), 0, bytes, at, 9);
      Path file = Files.write(directory.resolve("file"), bytes);
      assertThat(FileSearch.files(directory, needle)).as("at %d", at).containsExactly(file);
      bytes[at + 4] = 'N';
      Files.write(file, bytes);
      assertThat(FileSearch.files(directory, needle)).as("almost at %d", at).isEmpty();
    }
  }

  @Test
  void aMissingDirectoryHoldsNothing(@TempDir Path directory) {
    assertThat(FileSearch.files(directory.resolve("none"), Needle.of("a"))).isEmpty();
  }

  @Test
  void whatVanishesMeanwhileHoldsNothing(@TempDir Path directory) throws Exception {
    Path stays = Files.writeString(directory.resolve("stays"), "tenant-42");
    AtomicBoolean searched = new AtomicBoolean();
    CompletableFuture<Void> broker =
        CompletableFuture.runAsync(
            () -> {
              while (!searched.get()) {
                comeAndGo(directory.resolve("topic-0"));
              }
            });
    for (int search = 0; search < 500; search++) {
      assertThat(FileSearch.files(directory, Needle.of("tenant-42"))).containsExactly(stays);
    }
    searched.set(true);
    broker.get(10, TimeUnit.SECONDS);
  }

  private static void comeAndGo(Path partition) {
    try {
      Files.createDirectories(partition);
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        files.add(Files.writeString(partition.resolve("segment-" + i), "tenant-41"));
      }
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(partition);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
