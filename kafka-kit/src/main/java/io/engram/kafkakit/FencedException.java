package io.engram.kafkakit;

import org.apache.kafka.common.KafkaException;

/** Another writer has taken over the transactional id; this one can write nothing any more. */
public final class FencedException extends KafkaException {

  private static final long serialVersionUID = 1L;

  FencedException(String transactionalId, Throwable cause) {
    super(
        "another writer has taken over the transactional id '%s': %s"
            .formatted(transactionalId, cause.getMessage()),
        cause);
  }
}
