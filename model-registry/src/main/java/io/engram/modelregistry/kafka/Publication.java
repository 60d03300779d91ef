package io.engram.modelregistry.kafka;

import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.avro.ModelManifest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A version that becomes what {@code model-updates} holds of its model.
 *
 * @param replacedChunks how many chunks the version published before it has; those beyond this one's get tombstones
 */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed over once
public record Publication(ModelManifest manifest, byte[] parameters, int replacedChunks) {

  /** Chunks, tombstones, and last the manifest. */
  List<ProducerRecord<byte[], byte[]>> records(String topic) {
    String model = manifest.getModelName();
    List<ModelChunk> chunks = ModelChunks.cut(manifest, parameters);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(chunks.size() + 1);
    for (ModelChunk chunk : chunks) {
      String key = ModelChunks.updateKey(model, chunk.getIndex());
      records.add(record(topic, key, Wire.modelChunk().encode(chunk)));
    }
    for (int leftover = chunks.size(); leftover < replacedChunks; leftover++) {
      records.add(record(topic, ModelChunks.updateKey(model, leftover), null));
    }
    records.add(record(topic, ModelChunks.updateKey(model), Wire.modelManifest().encode(manifest)));
    return records;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, byte @Nullable [] value) {
    // One partition holds a whole version, whatever its keys hash to: order is what ends it.
    return new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value);
  }
}
