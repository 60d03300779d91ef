package io.engram.modelregistry;

import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.Adaptation;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.avro.PartitionOffset;
import io.engram.schemas.avro.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Candidates as a learner would publish them. */
public record Candidates(String model) {

  static {
    // Avro's builders copy only classes that the wire has declared as trusted.
    assert Wire.modelManifest().fingerprint() != 0;
  }

  /** A candidate and its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Candidate(ModelManifest manifest, byte[] parameters) {

    public List<ModelChunk> chunks() {
      return ModelChunks.cut(manifest.getModelName(), manifest.getCandidateId(), parameters);
    }

    public String id() {
      return manifest.getCandidateId();
    }
  }

  /** The n-th of a line, learned on from the one before, with accuracy {@code score} after {@code 100·n} tasks. */
  public Candidate candidate(int n, double score) {
    return candidate("line-" + n, n == 1 ? null : "line-" + (n - 1), 100L * n, score, 8);
  }

  public Candidate candidate(
      String id, @Nullable String parent, long tasks, double score, int bytes) {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(id.hashCode());
    while (buffer.remaining() >= Float.BYTES) {
      buffer.putFloat(random.nextFloat());
    }
    byte[] parameters = buffer.array();
    List<ModelChunk> chunks = ModelChunks.cut(model, id, parameters);
    ModelManifest manifest =
        new ModelManifest(
            model,
            0L,
            id,
            Instant.ofEpochMilli(1_700_000_000_000L),
            "input(1) dense(1) softmax",
            LabelSpace.PER_TASK,
            List.of(),
            new Adaptation(3, "sgd(0.1)", 0, "ALL", "NON_TRANSDUCTIVE"),
            List.of(
                new TensorEntry("parameters", ElementType.FLOAT32, List.of(bytes / 4), 0L),
                new TensorEntry("parameters/0.bias", ElementType.FLOAT32, List.of(1), bytes - 4L)),
            (long) bytes,
            chunks.get(0).getSha256(),
            chunks.size(),
            new Lineage(
                parent,
                List.of(new PartitionOffset(0, tasks)),
                tasks,
                2 * tasks,
                42L,
                Map.of(),
                Map.of(),
                "fused",
                "0.1.0",
                "17",
                "amd64"),
            Map.of("prequential.window", score, "prequential.untrained", 0.5));
    return new Candidate(manifest, parameters);
  }
}
