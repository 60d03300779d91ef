package io.engram.client.kafka;

import io.engram.kafkakit.PlainWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends questions and labels, each under its task key. As safe for threads and as durable as {@link PlainWriter}. */
public final class QuestionSender implements AutoCloseable {

  private static final int LARGEST = 1 << 20;

  private final PlainWriter writer;

  /**
   * @param kafka properties of the client; {@code bootstrap.servers} at least
   */
  public QuestionSender(Map<String, Object> kafka) {
    this.writer = new PlainWriter(kafka, LARGEST);
  }

  /** Sends a record. */
  public void send(String topic, String key, byte[] value) {
    writer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** Waits until all that was sent is durable. */
  public void flush() {
    writer.flush();
  }

  @Override
  public void close() {
    writer.close();
  }
}
