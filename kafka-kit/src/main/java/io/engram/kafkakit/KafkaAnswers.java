package io.engram.kafkakit;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Waits for the answers of Kafka's admin client, with a deadline and a message that says what to look at. */
final class KafkaAnswers {

  private static final Duration ASK_AGAIN = Duration.ofMillis(20);

  private KafkaAnswers() {}

  static <T> T await(KafkaFuture<T> future, Duration timeout) {
    try {
      return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw unreachable(timeout, e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw cause instanceof org.apache.kafka.common.errors.TimeoutException
          ? unreachable(timeout, cause)
          : new KafkaException("Kafka refused: " + cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for Kafka", e);
    }
  }

  /** As {@link #await}, and asks again while the broker has not heard of a topic that was created a moment ago. */
  static <T> T awaitKnown(Supplier<KafkaFuture<T>> question, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      try {
        return await(question.get(), timeout);
      } catch (KafkaException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
            || System.nanoTime() > deadline) {
          throw e;
        }
        LockSupport.parkNanos(ASK_AGAIN.toNanos());
      }
    }
  }

  private static KafkaException unreachable(Duration timeout, Throwable cause) {
    return new KafkaException(
        "Kafka did not answer within %d ms: is the broker up, and is bootstrap.servers right?"
            .formatted(timeout.toMillis()),
        cause);
  }
}
