package io.engram.modelregistry.parameters;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.schemas.ModelChunks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParameterStoreTest {

  @TempDir Path directory;

  @Test
  void leftoversGoAndWhatIsDamagedCountsAsAbsent() throws IOException {
    byte[] bytes = bytes(1);
    String name = ModelChunks.sha256(bytes);
    ParameterStore.open(directory).put(name, bytes);
    Files.writeString(directory.resolve("123.part"), "half");

    ParameterStore store = ParameterStore.open(directory);
    assertThat(store.names()).containsExactly(name);
    assertThat(directory.resolve("123.part")).doesNotExist();
    assertThat(store.get(name)).hasValue(bytes);

    Files.writeString(directory.resolve(name), "not what it was");
    assertThat(store.get(name)).isEmpty();
    store.put(name, bytes);
    assertThat(store.get(name)).hasValue(bytes);
  }

  @Test
  void aStoreThatTakesOverDoesNotDisturbTheOneThatStillWrites() {
    List<byte[]> all = IntStream.range(0, 200).mapToObj(ParameterStoreTest::bytes).toList();
    ParameterStore old = ParameterStore.open(directory);
    CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> putAll(old, all));
    ParameterStore fresh = ParameterStore.open(directory);
    putAll(fresh, all);
    writing.join();
    assertThat(fresh.names()).hasSize(all.size());
    assertThat(all)
        .allSatisfy(bytes -> assertThat(fresh.get(ModelChunks.sha256(bytes))).hasValue(bytes));
  }

  private static void putAll(ParameterStore store, List<byte[]> all) {
    all.forEach(bytes -> store.put(ModelChunks.sha256(bytes), bytes));
  }

  private static byte[] bytes(int n) {
    return ("parameters " + n).repeat(1000).getBytes(StandardCharsets.UTF_8);
  }
}
