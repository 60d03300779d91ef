package io.engram.modelregistry.kafka;

import io.engram.kafkakit.Trouble;
import io.engram.modelregistry.agent.UnavailableException;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;

/** Kafka's failures in the registry's words. */
final class Failures {

  private Failures() {}

  /** What {@code call} gives; its failures translated. */
  static <T> T translating(Supplier<T> call) {
    try {
      return call.get();
    } catch (KafkaException e) {
      throw translated(e);
    }
  }

  /** A refusal by the cluster as it is, which ends the registry; everything else may pass. */
  static RuntimeException translated(KafkaException failure) {
    return Trouble.of(failure) == Trouble.REFUSED
        ? failure
        : new UnavailableException(String.valueOf(failure.getMessage()), failure);
  }
}
