package io.engram.kafkakit;

import org.apache.kafka.common.KafkaException;

/** No broker answers at the addresses that somebody gave; the message says which, what was found there, and what to look at. */
public final class NoBrokerException extends KafkaException {

  private static final long serialVersionUID = 1L;

  NoBrokerException(String message, Throwable cause) {
    super(message, cause);
  }
}
