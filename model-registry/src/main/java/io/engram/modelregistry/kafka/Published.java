package io.engram.modelregistry.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.modelregistry.agent.Signatures;
import io.engram.schemas.Assembly;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.avro.ModelManifest;
import io.engram.schemas.kafka.ModelRecords;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.signing.Sealed;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What somebody finds on {@code model-updates} who subscribes now. */
final class Published {

  private final ModelAssembler assembler;
  private final Signatures signatures;
  private final Map<String, ModelManifest> newest = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();

  private Published(AssemblyLimits limits, Signatures signatures) {
    this.assembler = new ModelAssembler(limits);
    this.signatures = signatures;
  }

  /** The newest whole version of each model; where versions are signed, of those by the key that signs now. */
  static Map<String, ModelManifest> read(
      String topic, Map<String, Object> kafka, AssemblyLimits limits, Signatures signatures) {
    Published published = new Published(limits, signatures);
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader.readAll(topic, published::accept);
    }
    return Map.copyOf(published.newest);
  }

  private void accept(ConsumerRecord<byte[], byte[]> record) {
    ModelRecords.read(record).ifPresent(value -> accept(record, value));
  }

  private void accept(ConsumerRecord<byte[], byte[]> record, ModelRecord value) {
    Assembly assembly = assembler.accept(value);
    if (!(value instanceof ModelRecord.Manifest manifest)) {
      return;
    }
    String model = manifest.modelName();
    if (assembly instanceof Assembly.Complete && signed(model, record)) {
      newest.put(model, manifest.manifest());
    } else {
      // It stands under the keys of a whole one before it, which a compaction will take away.
      newest.remove(model);
    }
  }

  /** Whether who checks signatures takes it, and it is not an older one once more. */
  private boolean signed(String model, ConsumerRecord<byte[], byte[]> record) {
    if (signatures.key().isEmpty()) {
      return true;
    }
    OptionalLong number = SealHeaders.publication(record.headers());
    if (number.isEmpty()
        || !signatures
            .key()
            .get()
            .trusted()
            .verify(
                Sealed.UPDATE,
                SealHeaders.read(record.headers()),
                SealHeaders.number(number.getAsLong()),
                record.value())) {
      return false;
    }
    long before = numbers.getOrDefault(model, -1L);
    numbers.put(model, Math.max(before, number.getAsLong()));
    return number.getAsLong() >= before;
  }
}
