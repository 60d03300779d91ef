package io.engram.modelregistry.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Assembly;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks through the topics for whole versions, to find parameter bytes again. */
final class VersionScan {

  private static final Logger LOG = LoggerFactory.getLogger(VersionScan.class);

  private VersionScan() {}

  /** Hands over the checksum and the parameter bytes of every whole version that the topics still hold. */
  static void forEach(
      Topics topics,
      Map<String, Object> kafka,
      AssemblyLimits limits,
      BiConsumer<String, byte[]> found) {
    for (String topic : List.of(topics.modelCandidates(), topics.modelUpdates())) {
      ModelAssembler assembler = new ModelAssembler(limits);
      try (CommittedReader reader = new CommittedReader(kafka)) {
        reader.readAll(
            topic,
            record -> {
              if (record.value() != null
                  && accept(assembler, record.value()) instanceof Assembly.Complete whole) {
                found.accept(whole.manifest().getSha256(), whole.parameters());
              }
            });
      }
    }
  }

  private static Assembly accept(ModelAssembler assembler, byte[] value) {
    try {
      return assembler.accept(Wire.modelRecord(value));
    } catch (WireException e) {
      LOG.debug("passed over a record that is neither chunk nor manifest: {}", e.getMessage());
      return new Assembly.Broken("", "", String.valueOf(e.getMessage()));
    }
  }
}
