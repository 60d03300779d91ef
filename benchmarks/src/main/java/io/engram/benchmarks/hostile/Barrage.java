package io.engram.benchmarks.hostile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends hostile records, of every kind that has not had its number, and counts what became of each. */
final class Barrage implements AutoCloseable {

  /** Says which kind a record is; nobody but this bench reads it. */
  static final String MARK = "bench.kind";

  private final List<Kind> open;
  private final Map<String, Tally> tallies = new LinkedHashMap<>();
  private final KafkaProducer<byte[], byte[]> batched;
  private final KafkaProducer<byte[], byte[]> single;
  private final SplittableRandom random;

  /** What became of one kind. */
  record Tally(Kind kind, AtomicLong sent, AtomicLong taken, AtomicLong refused) {}

  Barrage(String bootstrap, List<Kind> kinds, long seed) {
    this.open = new ArrayList<>(kinds);
    this.random = new SplittableRandom(seed);
    this.batched = producer(bootstrap, 1 << 16);
    this.single = producer(bootstrap, 0);
    for (Kind kind : kinds) {
      Tally tally = new Tally(kind, new AtomicLong(), new AtomicLong(), new AtomicLong());
      if (tallies.put(kind.id(), tally) != null) {
        throw new IllegalStateException("two kinds are called " + kind.id());
      }
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap, int batch) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ProducerConfig.BATCH_SIZE_CONFIG,
            batch,
            ProducerConfig.LINGER_MS_CONFIG,
            batch == 0 ? 0 : 5,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            600_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            10_000,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            8 << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /** Sends one record of any kind. */
  void fire() {
    Kind kind = open.get(random.nextInt(open.size()));
    Tally tally = tallies.get(kind.id());
    if (tally == null) {
      throw new IllegalStateException("no tally of " + kind.id());
    }
    long number = tally.sent().getAndIncrement();
    if (number + 1 >= kind.most()) {
      open.remove(kind);
    }
    Draft draft = kind.maker().make(random, number);
    List<Header> headers = new ArrayList<>(draft.headers());
    headers.add(
        new RecordHeader(MARK, kind.name().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            kind.topic(), 0, draft.timestamp(), draft.key(), draft.value(), headers);
    Future<RecordMetadata> unused =
        (kind.alone() ? single : batched)
            .send(
                record,
                (metadata, failure) ->
                    (failure == null ? tally.taken() : tally.refused()).incrementAndGet());
  }

  /** Waits until everything sent was taken or refused. */
  void settle() {
    batched.flush();
    single.flush();
  }

  List<Tally> tallies() {
    return List.copyOf(tallies.values());
  }

  /** Records of a topic that the broker took. */
  long taken(String topic) {
    return tallies.values().stream()
        .filter(it -> it.kind().topic().equals(topic))
        .mapToLong(it -> it.taken().get())
        .sum();
  }

  @Override
  public void close() {
    batched.close();
    single.close();
  }
}
