package io.engram.kafkakit;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** What a failure of Kafka means to whoever asked for something. */
public enum Trouble {
  /** Another writer has taken over: stop. */
  FENCED,
  /** The cluster does not allow it: somebody has to change something, trying again does not help. */
  REFUSED,
  /** Brokers are away, slow or busy electing: what was asked for may be tried again. */
  PASSING;

  /** Which it is. */
  public static Trouble of(KafkaException failure) {
    if (failure instanceof FencedException || failure instanceof ProducerFencedException) {
      return FENCED;
    }
    return failure instanceof AuthenticationException || failure instanceof AuthorizationException
        ? REFUSED
        : PASSING;
  }
}
