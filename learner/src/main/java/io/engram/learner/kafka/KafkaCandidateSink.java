package io.engram.learner.kafka;

import io.engram.learner.agent.Candidate;
import io.engram.learner.agent.CandidateSink;
import io.engram.schemas.ModelChunks;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.ModelChunk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link CandidateSink} on the topic {@code model-candidates}: chunks and manifest in one transaction under a transactional id that
 * belongs to the model, so that a learner that was replaced cannot publish any more.
 *
 * <p>A process that stands still for longer than the transaction's timeout (a laptop asleep, a machine far too busy) finds its transaction
 * aborted. That is no other learner: the candidate is published once more.
 */
public final class KafkaCandidateSink implements CandidateSink {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaCandidateSink.class);
  private static final int ATTEMPTS = 5;

  private final Map<String, Object> properties;
  private final String topic;
  private final String transactionalId;
  private Producer<String, byte[]> producer;

  /** Fences any earlier learner of the same model. */
  public KafkaCandidateSink(Map<String, Object> kafkaProperties, String topic, String modelName) {
    this.transactionalId = topic + ".learner." + modelName;
    this.topic = topic;
    this.properties = new HashMap<>(kafkaProperties);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.putIfAbsent(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
    // The default of 100 ms makes back-to-back transactions ten times slower than they need to be.
    properties.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MS_CONFIG, 5);
    properties.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 50);
    properties.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "engram-learner-candidates");
    this.producer = open();
  }

  private Producer<String, byte[]> open() {
    Producer<String, byte[]> opened =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    opened.initTransactions();
    return opened;
  }

  @Override
  public void publish(Candidate candidate) {
    for (int attempt = 1; ; attempt++) {
      try {
        publishOnce(candidate);
        return;
      } catch (ProducerFencedException e) {
        throw fenced(e);
      } catch (KafkaException e) {
        abort(e);
        LOG.warn("candidate {} is published once more: {}", candidate.id(), e.getMessage());
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void publishOnce(Candidate candidate) {
    String model = candidate.manifest().getModelName();
    producer.beginTransaction();
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (ModelChunk chunk : ModelChunks.cut(candidate.manifest(), candidate.parameters())) {
      sent.add(send(model, Wire.modelChunk().encode(chunk)));
    }
    sent.add(send(model, Wire.modelManifest().encode(candidate.manifest())));
    producer.flush(); // or the manifest would linger for a batch to fill
    for (Future<RecordMetadata> future : sent) {
      await(future);
    }
    producer.commitTransaction();
  }

  private Future<RecordMetadata> send(String model, byte[] value) {
    return producer.send(new ProducerRecord<>(topic, model, value));
  }

  private static void await(Future<RecordMetadata> future) {
    try {
      future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException cause) {
        throw cause;
      }
      throw new KafkaException("a candidate could not be sent", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new org.apache.kafka.common.errors.InterruptException(e);
    }
  }

  private void abort(KafkaException reason) {
    try {
      producer.abortTransaction();
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      throw fenced(e);
    } catch (KafkaException e) {
      if (!timedOut(reason)) {
        reason.addSuppressed(e);
        throw reason;
      }
      producer.close(Duration.ZERO);
      producer = open();
    }
  }

  /**
   * Whether the broker ended the transaction because it took too long. The producer cannot go on then; a new one fences nobody, since
   * a broker that knows of another learner says something else.
   */
  private static boolean timedOut(KafkaException reason) {
    return reason instanceof InvalidTxnStateException
        || reason.getCause() instanceof InvalidTxnStateException;
  }

  private FencedException fenced(KafkaException e) {
    return new FencedException(
        "another learner has taken over this model (transactional id '%s'); this one stops. Run one learner per model"
            .formatted(transactionalId),
        e);
  }

  @Override
  public void close() {
    producer.close();
  }
}
