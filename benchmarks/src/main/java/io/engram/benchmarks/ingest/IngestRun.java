package io.engram.benchmarks.ingest;

import io.engram.benchmarks.Directories;
import io.engram.benchmarks.Rounds;
import io.engram.ingest.IngestConfig;
import io.engram.ingest.IngestService;
import io.engram.ingest.IngestStatus;
import io.engram.kafkakit.CommittedReader;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Ingest with all its defaults, over topics of its own. */
final class IngestRun {

  private static final int TASK = 20;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Site site;

  IngestRun(Site site) {
    this.site = site;
  }

  /** Examples a second, from the first that is taken until all are committed. */
  double rate(Topics topics, Wording wording, int examples) throws InterruptedException {
    Path state = site.directory(topics.prefix() + "state");
    try (IngestService service = start(topics, wording, state)) {
      while (service.status().examples() == 0) {
        Thread.sleep(1);
      }
      long taken = service.status().examples();
      long start = System.nanoTime();
      while (service.status().examples() < examples || !service.caughtUp()) {
        if (System.nanoTime() - start > LONGEST.toNanos()) {
          throw new IllegalStateException("ingest hangs at " + service.status());
        }
        Thread.sleep(2);
      }
      long took = System.nanoTime() - start;
      IngestStatus status = service.status();
      if (status.rejected() > 0) {
        throw new IllegalStateException("examples were rejected: " + status);
      }
      return (examples - taken) * 1e9 / took;
    } finally {
      Directories.delete(state);
    }
  }

  /** Milliseconds from the broker's answer to a task's last example until a reader of committed records has the task. */
  Rounds latency(Topics topics, int tasks, int numbers) throws Exception {
    Rounds latency = new Rounds();
    Path state = site.directory(topics.prefix() + "state");
    try (IngestService service = start(topics, Wording.AVRO, state);
        CommittedReader reader = new CommittedReader(site.kafka());
        KafkaProducer<byte[], byte[]> producer = site.producer()) {
      Consumer<byte[], byte[]> consumer = reader.consumer();
      consumer.assign(List.of(new TopicPartition(topics.tasks(), 0)));
      consumer.seekToBeginning(consumer.assignment());
      int warmUp = Math.max(3, tasks / 10);
      for (int task = 0; task < warmUp + tasks; task++) {
        // Not in step with the transactions.
        Thread.sleep(20 + 7L * (task % 11));
        long appended = send(producer, topics, task, numbers);
        while (consumer.poll(Duration.ofMillis(1)).isEmpty()) {
          if (service.termination().isDone()) {
            throw new IllegalStateException("ingest has ended");
          }
        }
        if (task >= warmUp) {
          latency.addNanos(System.nanoTime() - appended);
        }
      }
    } finally {
      Directories.delete(state);
    }
    return latency;
  }

  private static long send(
      KafkaProducer<byte[], byte[]> producer, Topics topics, int task, int numbers)
      throws Exception {
    byte[] key = ("key-" + task).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < TASK - 1; i++) {
      byte[] value = Wording.AVRO.value(TASK * task + i, numbers);
      var unused = producer.send(new ProducerRecord<>(topics.examples(), key, value));
    }
    byte[] last = Wording.AVRO.value(TASK * task + TASK - 1, numbers);
    producer.send(new ProducerRecord<>(topics.examples(), key, last)).get();
    return System.nanoTime();
  }

  private IngestService start(Topics topics, Wording wording, Path state) {
    site.topic(topics.examples());
    return IngestService.start(
        IngestConfig.defaults(state)
            .with(wording.choice(site.directory(topics.prefix() + "schemas"))),
        topics,
        Map.copyOf(site.kafka()),
        new SimpleMeterRegistry());
  }
}
