package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ModelAssemblerTest {

  private final byte[] parameters = {1, 2, 3, 4, 5, 6, 7};
  private final List<ModelChunk> chunks = ModelChunks.cut("m", "c-1", parameters, 3);
  private final ModelManifest manifest = Samples.manifest(chunks.get(0), parameters);
  private final ModelAssembler assembler = new ModelAssembler();

  @Property
  void whatWasCutIsPutTogetherAgainInAnyOrderWithDuplicates(
      @ForAll @Size(min = 1, max = 50) byte[] bytes,
      @ForAll @IntRange(min = 1, max = 20) int chunkBytes,
      @ForAll long seed) {
    List<ModelChunk> cut = ModelChunks.cut("m", "c", bytes, chunkBytes);
    List<ModelChunk> sent = new ArrayList<>(cut);
    sent.addAll(cut.subList(0, cut.size() / 2));
    Collections.shuffle(sent, new Random(seed));
    ModelAssembler fresh = new ModelAssembler();
    sent.forEach(
        chunk -> assertThat(overTheWire(fresh, chunk)).isInstanceOf(Assembly.Partial.class));
    Assembly last = overTheWire(fresh, Samples.manifest(cut.get(0), bytes));
    assertThat(last)
        .isInstanceOfSatisfying(
            Assembly.Complete.class,
            complete -> assertThat(complete.parameters()).containsExactly(bytes));
  }

  @Test
  void aMissingChunkIsReportedAndTheNextVersionIsWhole() {
    overTheWire(assembler, chunks.get(0));
    overTheWire(assembler, chunks.get(2));
    assertBroken(overTheWire(assembler, manifest), "2 of 3 chunks came before its manifest");

    List<ModelChunk> next = ModelChunks.cut("m", "c-2", parameters, 4);
    next.forEach(chunk -> overTheWire(assembler, chunk));
    assertThat(overTheWire(assembler, Samples.manifest(next.get(0), parameters)))
        .isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void aManifestBeforeItsChunksIsReported() {
    assertBroken(overTheWire(assembler, manifest), "came without chunks before it, expected 3");
  }

  @Test
  void corruptBytesAreReported() {
    chunks.subList(0, 2).forEach(chunk -> overTheWire(assembler, chunk));
    ModelChunk last = chunks.get(2);
    overTheWire(
        assembler, ModelChunk.newBuilder(last).setData(ByteBuffer.wrap(new byte[] {9})).build());
    assertBroken(overTheWire(assembler, manifest), "the parameter bytes are corrupt");
  }

  @Test
  void contradictionsAreReported() {
    overTheWire(assembler, chunks.get(0));
    assertBroken(
        overTheWire(assembler, ModelChunk.newBuilder(chunks.get(1)).setCount(9).build()),
        "chunk 1 says 9 chunks");
    assertBroken(
        overTheWire(assembler, ModelChunk.newBuilder(chunks.get(1)).setIndex(3).build()),
        "chunk index 3 found, expected 0 to 2");
    chunks.forEach(chunk -> overTheWire(assembler, chunk));
    assertBroken(
        overTheWire(assembler, ModelManifest.newBuilder(manifest).setByteLength(8L).build()),
        "hold 7 bytes, its manifest says 8");
  }

  @Test
  void unfinishedCandidatesAreBounded() {
    for (int i = 0; i < AssemblyLimits.DEFAULT.versions() + 1; i++) {
      overTheWire(assembler, ModelChunks.cut("m", "c-" + (i + 1), parameters, 100).get(0));
    }
    assertThat(overTheWire(assembler, manifest)).isInstanceOf(Assembly.Broken.class);
  }

  @Test
  void whatIsBeyondTheLimitsIsDroppedAndToldOnce() {
    ModelAssembler strict = new ModelAssembler(new AssemblyLimits(3, 3, 2, 8));
    ModelChunk large =
        ModelChunk.newBuilder(chunks.get(0)).setData(ByteBuffer.wrap(new byte[4])).build();
    assertDropped(overTheWire(strict, large), true, "holds 4 bytes, at most 3");
    assertDropped(overTheWire(strict, chunks.get(1)), false, "a chunk of it was beyond");
    assertBroken(overTheWire(strict, manifest), "its chunks were beyond the limits");

    chunks.forEach(chunk -> overTheWire(strict, chunk));
    assertThat(overTheWire(strict, manifest)).isInstanceOf(Assembly.Complete.class);

    assertDropped(
        overTheWire(strict, ModelChunk.newBuilder(chunks.get(0)).setCount(4).build()),
        true,
        "it is 4 chunks, at most 3");
    assertDropped(
        overTheWire(strict, ModelChunk.newBuilder(chunks.get(0)).setSha256("ab").build()),
        false,
        "a checksum of 64 characters");
    assertDropped(
        overTheWire(
            strict, ModelChunk.newBuilder(chunks.get(0)).setModelName("m".repeat(301)).build()),
        true,
        "a name of at most 300");
  }

  @Property(tries = 50)
  void chunksWithoutEndKeepNoMoreThanTheLimits(@ForAll long seed) {
    AssemblyLimits limits = new AssemblyLimits(10, 6, 3, 40);
    ModelAssembler flooded = new ModelAssembler(limits);
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      int count = 1 + random.nextInt(7);
      flooded.accept(
          new ModelRecord.Chunk(
              new ModelChunk(
                  "m",
                  "f-" + random.nextInt(8),
                  random.nextInt(count),
                  random.nextInt(9) == 0 ? 5 : 6,
                  "0".repeat(64),
                  ByteBuffer.wrap(new byte[random.nextInt(12)]))));
      assertThat(flooded.bytesKept()).isBetween(0L, limits.totalBytes());
    }
    chunks.forEach(chunk -> overTheWire(flooded, chunk));
    assertThat(overTheWire(flooded, manifest)).isInstanceOf(Assembly.Complete.class);
  }

  @Test
  void everyChunkOfACompactedTopicHasItsOwnKey() {
    assertThat(ModelChunks.updateKey("m", 0)).isEqualTo("m/0");
    assertThat(ModelChunks.updateKey("m")).isEqualTo("m");
    assertThatThrownBy(() -> ModelChunks.cut("m", "c", new byte[0]))
        .hasMessageContaining("at least 1 byte");
  }

  private static Assembly overTheWire(ModelAssembler assembler, ModelChunk chunk) {
    return assembler.accept(Wire.modelRecord(Wire.modelChunk().encode(chunk)));
  }

  private static Assembly overTheWire(ModelAssembler assembler, ModelManifest manifest) {
    return assembler.accept(Wire.modelRecord(Wire.modelManifest().encode(manifest)));
  }

  private static void assertDropped(Assembly assembly, boolean first, String reason) {
    assertThat(assembly)
        .isInstanceOfSatisfying(
            Assembly.Dropped.class,
            dropped -> {
              assertThat(dropped.first()).isEqualTo(first);
              assertThat(dropped.reason()).contains(reason);
            });
  }

  private static void assertBroken(Assembly assembly, String reason) {
    assertThat(assembly)
        .isInstanceOfSatisfying(
            Assembly.Broken.class, broken -> assertThat(broken.reason()).contains(reason));
  }
}
