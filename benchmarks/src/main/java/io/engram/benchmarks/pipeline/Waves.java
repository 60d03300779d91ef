package io.engram.benchmarks.pipeline;

import io.engram.kafkakit.PlainWriter;
import io.engram.schemas.Tensors;
import io.engram.schemas.Topics;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sends sine waves, one to a key, as many points as a task has. One thread. */
final class Waves implements AutoCloseable {

  static final int POINTS = 20;

  private final Topics topics;
  private final PlainWriter writer;
  private final Random random = new Random(5);
  private int waves;

  Waves(Topics topics, Map<String, Object> kafka) {
    this.topics = topics;
    this.writer = new PlainWriter(kafka, 1 << 20);
  }

  /** How many were sent. */
  int sent() {
    return waves;
  }

  /** Sends a whole wave; {@link #flush} waits for the broker. */
  String send() {
    String key = "wave-" + waves++;
    double amplitude = 0.1 + 4.9 * random.nextDouble();
    double phase = Math.PI * random.nextDouble();
    for (int point = 0; point < POINTS; point++) {
      double x = 10 * random.nextDouble() - 5;
      LabeledExample example =
          new LabeledExample(
              key + "-" + point,
              Tensors.float32(new float[] {(float) x}, 1),
              Tensors.float32(new float[] {(float) (amplitude * Math.sin(x - phase))}, 1),
              null,
              Part.AUTO);
      writer.send(
          new ProducerRecord<>(
              topics.examples(),
              key.getBytes(StandardCharsets.UTF_8),
              Wire.labeledExample().encode(example)));
    }
    return key;
  }

  void flush() {
    writer.flush();
  }

  @Override
  public void close() {
    writer.close();
  }
}
