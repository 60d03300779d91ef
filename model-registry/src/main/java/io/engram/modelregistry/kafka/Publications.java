package io.engram.modelregistry.kafka;

import io.engram.modelregistry.agent.VersionUpdate;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** How a {@link VersionUpdate} stands on {@code model-updates}. */
final class Publications {

  private Publications() {}

  /**
   * Chunks, tombstones, and last the manifest, which says which publication it is and who says so.
   *
   * @param number larger than that of every publication before
   */
  static List<ProducerRecord<byte[], byte[]>> records(
      VersionUpdate publication, String topic, long number, Optional<SigningKey> signer) {
    String model = publication.manifest().getModelName();
    List<ModelChunk> chunks = ModelChunks.cut(publication.manifest(), publication.parameters());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(chunks.size() + 1);
    for (ModelChunk chunk : chunks) {
      String key = ModelChunks.updateKey(model, chunk.getIndex());
      records.add(record(topic, key, Wire.modelChunk().encode(chunk)));
    }
    for (int leftover = chunks.size(); leftover < publication.replacedChunks(); leftover++) {
      records.add(record(topic, ModelChunks.updateKey(model, leftover), null));
    }
    byte[] manifest = Wire.modelManifest().encode(publication.manifest());
    ProducerRecord<byte[], byte[]> last = record(topic, ModelChunks.updateKey(model), manifest);
    byte[] counted = SealHeaders.number(number);
    last.headers().add(SealHeaders.PUBLICATION, counted);
    signer
        .map(it -> it.seal(Sealed.UPDATE, counted, manifest))
        .ifPresent(seal -> SealHeaders.write(last.headers(), seal));
    records.add(last);
    return records;
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, String key, byte @Nullable [] value) {
    // One partition holds a whole version, whatever its keys hash to: order is what ends it.
    return new ProducerRecord<>(topic, 0, key.getBytes(StandardCharsets.UTF_8), value);
  }
}
