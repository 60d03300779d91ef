package io.engram.schemas;

import org.apache.kafka.common.errors.SerializationException;

/**
 * Bytes or a value that do not keep the wire's contract. The message says what was found and what was expected.
 *
 * <p>Unchecked, and a Kafka {@link SerializationException}, because Kafka's {@code Deserializer} can throw nothing else;
 * whoever reads a topic that others write to must be ready for it.
 */
public final class WireException extends SerializationException {

  public WireException(String message) {
    super(message);
  }

  public WireException(String message, Throwable cause) {
    super(message, cause);
  }
}
