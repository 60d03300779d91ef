package io.engram.learner.kafka;

import io.engram.kafkakit.TransactionalWriter;
import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateSink;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link CandidateSink} on the topic {@code model-candidates}: chunks and manifest in one transaction under a transactional id that
 * belongs to the model, so that a learner that was replaced cannot publish any more.
 *
 * <p>A process that stands still for longer than the transaction's timeout finds its transaction aborted. That is no other learner: the
 * candidate is published once more.
 */
public final class KafkaCandidateSink implements CandidateSink {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaCandidateSink.class);
  private static final int ATTEMPTS = 5;

  private final String topic;
  private final String transactionalId;
  private final Optional<SigningKey> key;
  private final TransactionalWriter writer;

  /** Fences any earlier learner of the same model. */
  public KafkaCandidateSink(Map<String, Object> kafkaProperties, String topic, String modelName) {
    this(kafkaProperties, topic, modelName, Optional.empty());
  }

  /**
   * Fences any earlier learner of the same model.
   *
   * @param key signs each candidate's manifest
   */
  public KafkaCandidateSink(
      Map<String, Object> kafkaProperties,
      String topic,
      String modelName,
      Optional<SigningKey> key) {
    this.key = key;
    this.topic = topic;
    this.transactionalId = topic + ".learner." + modelName;
    this.writer =
        TransactionalWriter.open(
            kafkaProperties,
            transactionalId,
            Map.of(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                10_000,
                ProducerConfig.CLIENT_ID_CONFIG,
                "engram-learner-candidates"));
  }

  @Override
  public void publish(Candidate candidate) {
    List<ProducerRecord<byte[], byte[]>> records = records(candidate);
    try {
      for (int attempt = 1; !written(records, candidate.id(), attempt == ATTEMPTS); attempt++) {
        LOG.debug("candidate {} is tried again", candidate.id());
      }
    } catch (io.engram.kafkakit.FencedException e) {
      throw new FencedException(
          "another learner has taken over this model (transactional id '%s'); this one stops. Run one learner per model"
              .formatted(transactionalId),
          e);
    }
  }

  /** Whether they stand on the topic now; if not, they may be written once more. */
  private boolean written(
      List<ProducerRecord<byte[], byte[]>> records, String candidateId, boolean last) {
    try {
      writer.write(records, () -> {});
      return true;
    } catch (KafkaException e) {
      writer.recover(e);
      LOG.warn("candidate {} is published once more: {}", candidateId, e.getMessage());
      if (last) {
        throw e;
      }
      return false;
    }
  }

  private List<ProducerRecord<byte[], byte[]>> records(Candidate candidate) {
    byte[] model = candidate.manifest().getModelName().getBytes(StandardCharsets.UTF_8);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (ModelChunk chunk : ModelChunks.cut(candidate.manifest(), candidate.parameters())) {
      records.add(new ProducerRecord<>(topic, model, Wire.modelChunk().encode(chunk)));
    }
    byte[] manifest = Wire.modelManifest().encode(candidate.manifest());
    ProducerRecord<byte[], byte[]> last = new ProducerRecord<>(topic, model, manifest);
    key.map(it -> it.seal(Sealed.CANDIDATE, manifest))
        .ifPresent(seal -> SealHeaders.write(last.headers(), seal));
    candidate.trace().ifPresent(it -> TraceHeaders.write(last.headers(), it));
    records.add(last);
    return records;
  }

  @Override
  public void close() {
    writer.close();
  }
}
