package io.engram.embeddedkafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.embeddedkafka.testing.BrokerProcess;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.Topic;
import io.engram.kafkakit.TopicAdmin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A writer counts in transactions over two topics, and starts from what it reads there whenever its broker was killed. A commit
 * marker that a restart loses shows up as a number that comes twice.
 *
 * <p>{@code -Dengram.test.kills=N} kills more often.
 */
class TransactionsUnderKillTest {

  private static final List<String> TOPICS = List.of("left", "right");
  private static final int KILLS = Integer.getInteger("engram.test.kills", 3);

  /** How many transactions a broker's life sees before it is killed in the midst of one. */
  private static final int TRANSACTIONS = 12;

  @TempDir Path directory;

  @Test
  void aTransactionThatWasBeingCommittedIsThereOnceAndInBothTopics() throws InterruptedException {
    Random random = new Random(KILLS);
    int port = 0;
    for (int life = 0; life < KILLS; life++) {
      try (BrokerProcess broker = start(port, random)) {
        port = broker.port();
        TopicAdmin.ensure(
            broker.bootstrapServers(), TOPICS.stream().map(name -> Topic.of(name, 1)).toList());
        CountDownLatch enough = new CountDownLatch(TRANSACTIONS);
        Thread writer = new Thread(() -> count(broker.bootstrapServers(), enough), "writer");
        writer.start();
        enough.await();
        // Somewhere in a commit, which takes a few milliseconds.
        LockSupport.parkNanos(random.nextInt(6_000_000));
        broker.kill();
        writer.interrupt();
        writer.join();
      }
    }
    try (BrokerProcess broker = BrokerProcess.start(directory, port)) {
      String servers = broker.bootstrapServers();
      try (KafkaProducer<String, String> last = producer(servers)) {
        last.initTransactions();
        commit(last, committed(servers, TOPICS.get(0)).size(), () -> {});
      }
      awaitMarkers(servers);
      List<Integer> all = committed(servers, TOPICS.get(0));
      assertThat(all).hasSizeGreaterThanOrEqualTo(KILLS * (TRANSACTIONS - 1));
      assertThat(all).isEqualTo(IntStream.range(0, all.size()).boxed().toList());
      assertThat(committed(servers, TOPICS.get(1))).isEqualTo(all);
    }
  }

  /** The dead broker is fenced at some time while the new one starts. */
  private BrokerProcess start(int port, Random random) {
    int session = 300 + random.nextInt(1200);
    return BrokerProcess.start(
        directory,
        port,
        Duration.ofMinutes(1),
        Map.of(
            "broker.session.timeout.ms",
            Integer.toString(session),
            "broker.heartbeat.interval.ms",
            "100"));
  }

  private static void count(String servers, CountDownLatch enough) {
    KafkaProducer<String, String> producer = producer(servers);
    try {
      producer.initTransactions();
      int next = committed(servers, TOPICS.get(0)).size();
      while (true) {
        commit(producer, next++, enough::countDown);
      }
    } catch (KafkaException e) {
      assertThat(enough.getCount()).as("failed before the kill: %s", e).isZero();
    } finally {
      producer.close(Duration.ZERO);
    }
  }

  private static void commit(
      KafkaProducer<String, String> producer, int number, Runnable beforeCommit) {
    producer.beginTransaction();
    for (String topic : TOPICS) {
      var unused = producer.send(new ProducerRecord<>(topic, 0, null, Integer.toString(number)));
    }
    beforeCommit.run();
    producer.commitTransaction();
  }

  /** A commit returns when it is decided, and readers see it when each partition has its marker: a successor waits for that. */
  private static void awaitMarkers(String servers) {
    try (KafkaProducer<String, String> successor = producer(servers)) {
      successor.initTransactions();
    }
  }

  private static KafkaProducer<String, String> producer(String servers) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", servers, "transactional.id", "counter", "retry.backoff.ms", "5");
    return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
  }

  private static List<Integer> committed(String servers, String topic) {
    List<Integer> numbers = new ArrayList<>();
    try (CommittedReader reader = new CommittedReader(Map.of("bootstrap.servers", servers))) {
      reader.readAll(
          topic, record -> numbers.add(Integer.valueOf(new String(record.value(), UTF_8))));
    }
    return numbers;
  }
}
