package io.engram.modelregistry.kafka;

import io.engram.kafkakit.CommittedReader;
import io.engram.modelregistry.agent.Candidates;
import io.engram.modelregistry.agent.ReceivedCandidate;
import io.engram.modelregistry.image.CandidatePosition;
import io.engram.schemas.Assembly;
import io.engram.schemas.AssemblyLimits;
import io.engram.schemas.ModelAssembler;
import io.engram.schemas.ModelRecord;
import io.engram.schemas.Topics;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.WireException;
import io.engram.schemas.kafka.SealHeaders;
import io.engram.schemas.kafka.TraceHeaders;
import io.engram.schemas.signing.Seal;
import io.engram.schemas.signing.Sealed;
import io.engram.schemas.signing.TrustedKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link Candidates} on the topic {@code model-candidates}, which belongs to the learner and may get more partitions later. */
final class KafkaCandidates implements Candidates {

  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(1);
  private static final long TOPIC_ABSENT_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long MORE_PARTITIONS_NANOS = Duration.ofSeconds(30).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(KafkaCandidates.class);

  private final String topic;
  private final CommittedReader reader;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<Integer, Long> start;
  private final ModelAssembler assembler;
  private final TrustedKeys learners;
  private final Map<Integer, OpenCandidates> partitions = new HashMap<>();
  private final Semaphore woken = new Semaphore(0);
  private long lookAt = System.nanoTime();

  /**
   * Begins to read.
   *
   * @param start next offset per partition; those not named are read from their beginning
   * @param limits of what is kept of unfinished candidates, of all partitions together
   * @param learners keys that candidates must be signed by; none: by nobody
   */
  KafkaCandidates(
      Topics topics,
      Map<String, Object> kafka,
      Map<Integer, Long> start,
      AssemblyLimits limits,
      TrustedKeys learners) {
    this.learners = learners;
    this.assembler = new ModelAssembler(limits);
    this.topic = topics.modelCandidates();
    this.reader = new CommittedReader(kafka);
    this.consumer = reader.consumer();
    this.start = Map.copyOf(start);
  }

  @Override
  public List<ReceivedCandidate> poll(Duration timeout) {
    List<ReceivedCandidate> arrivals = new ArrayList<>();
    try {
      lookForPartitions();
      if (partitions.isEmpty()) {
        awaitWakeUp(timeout);
        return arrivals;
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
        accept(record, arrivals);
      }
    } catch (WakeupException e) {
      LOG.trace("woken up: somebody wants the thread; what was fetched stays fetched");
    } catch (RetriableException e) {
      LOG.warn("{} cannot be read now, trying on: {}", topic, e.getMessage());
    } catch (KafkaException e) {
      throw Failures.translated(e);
    }
    return arrivals;
  }

  @Override
  public void wakeUp() {
    woken.release();
    consumer.wakeup();
  }

  @Override
  public OptionalLong lag() {
    OptionalLong lag = OptionalLong.empty();
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong one = consumer.currentLag(partition);
      if (one.isPresent()) {
        lag = OptionalLong.of(lag.orElse(0) + one.getAsLong());
      }
    }
    return lag;
  }

  @Override
  public void close() {
    reader.close();
  }

  /** A consumer without partitions cannot be polled. */
  private void awaitWakeUp(Duration timeout) {
    try {
      if (woken.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        woken.drainPermits();
      }
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private void lookForPartitions() {
    if (System.nanoTime() - lookAt < 0) {
      return;
    }
    List<TopicPartition> found = reader.partitions(topic, METADATA_TIMEOUT);
    lookAt = System.nanoTime() + (found.isEmpty() ? TOPIC_ABSENT_NANOS : MORE_PARTITIONS_NANOS);
    Set<TopicPartition> assigned = consumer.assignment();
    List<TopicPartition> fresh =
        found.stream().filter(partition -> !assigned.contains(partition)).toList();
    if (!fresh.isEmpty()) {
      Set<TopicPartition> all = new HashSet<>(assigned);
      all.addAll(fresh);
      consumer.assign(all);
      fresh.forEach(this::begin);
    }
  }

  private void begin(TopicPartition partition) {
    partitions.put(partition.partition(), new OpenCandidates(assembler::isOpen));
    Long from = start.get(partition.partition());
    if (from == null) {
      consumer.seekToBeginning(List.of(partition));
    } else {
      consumer.seek(partition, from);
    }
  }

  private void accept(ConsumerRecord<byte[], byte[]> record, List<ReceivedCandidate> arrivals) {
    OpenCandidates open = partitions.get(record.partition());
    if (open == null) {
      throw new IllegalStateException("a record of a partition that was not asked for: " + record);
    }
    ModelRecord value;
    try {
      value = Wire.modelRecord(record.value());
    } catch (WireException e) {
      String reason = at(record, String.valueOf(e.getMessage()));
      arrivals.add(new ReceivedCandidate.Unreadable(read(record, open), reason));
      return;
    }
    Assembly assembly = assembler.accept(value);
    if (assembly instanceof Assembly.Partial partial) {
      open.begun(partial.modelName(), partial.candidateId(), record.offset());
      return;
    }
    open.ended(value.modelName(), value.candidateId());
    CandidatePosition read = read(record, open);
    if (assembly instanceof Assembly.Complete complete) {
      arrivals.add(signed(record, read, complete));
    } else if (assembly instanceof Assembly.Broken broken) {
      arrivals.add(
          new ReceivedCandidate.Broken(
              read,
              broken.modelName(),
              broken.candidateId(),
              broken.reason(),
              TraceHeaders.read(record.headers())));
    } else if (assembly instanceof Assembly.Dropped dropped) {
      String what = "candidate %s: %s".formatted(dropped.candidateId(), dropped.reason());
      arrivals.add(new ReceivedCandidate.Beyond(read, at(record, what), dropped.first()));
    }
  }

  private ReceivedCandidate signed(
      ConsumerRecord<byte[], byte[]> record, CandidatePosition read, Assembly.Complete complete) {
    Seal seal = SealHeaders.read(record.headers());
    Optional<TraceContext> trace = TraceHeaders.read(record.headers());
    if (learners.isEmpty() || learners.verify(Sealed.CANDIDATE, seal, record.value())) {
      return new ReceivedCandidate.Whole(read, complete.manifest(), complete.parameters(), trace);
    }
    return new ReceivedCandidate.Broken(
        read,
        complete.manifest().getModelName(),
        complete.manifest().getCandidateId(),
        learners.problem(seal),
        trace);
  }

  private String at(ConsumerRecord<byte[], byte[]> record, String what) {
    return "%s-%d at offset %d: %s".formatted(topic, record.partition(), record.offset(), what);
  }

  private static CandidatePosition read(
      ConsumerRecord<byte[], byte[]> record, OpenCandidates open) {
    return new CandidatePosition(record.partition(), open.resumeFrom(record.offset() + 1));
  }
}
