package io.engram.ingest.kafka.forget;

import io.engram.ingest.domain.IngestException;
import io.engram.ingest.kafka.ForgottenLog;
import io.engram.ingest.kafka.IngestStreams;
import io.engram.kafkakit.CommittedReader;
import io.engram.kafkakit.TopicMaintenance;
import io.engram.schemas.ForgottenKeys;
import io.engram.schemas.Topics;
import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import io.engram.schemas.avro.PartitionOffset;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Forgets a task key: marks it, so that ingest refuses it from then on, copies what is left of each topic, and puts the copies in the
 * originals' places. Neither ingest nor the learner may run meanwhile.
 *
 * <p><b>Crashes:</b> killed at any instant, {@link #forget} goes on, or begins again, and ends the same: until the copies are complete the
 * originals are untouched, and from then on the copies are kept until each has been put in its place. For one thread.
 */
public final class KeyRemoval implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

  private final Map<String, Object> kafka;
  private final Topics topics;
  private final TopicMaintenance maintenance;
  private final ForgottenLog log;
  private final String group;
  private final Consumer<String> before;
  private final List<OtherApplication> others;

  private KeyRemoval(
      Map<String, Object> kafka,
      Topics topics,
      TopicMaintenance maintenance,
      Consumer<String> before,
      List<OtherApplication> others) {
    this.others = List.copyOf(others);
    this.before = before;
    this.kafka = kafka;
    this.topics = topics;
    this.maintenance = maintenance;
    this.log = new ForgottenLog(kafka, topics);
    this.group = IngestStreams.applicationId(topics);
  }

  /**
   * Opens its clients.
   *
   * @param kafka properties of the clients; {@code bootstrap.servers} at least
   */
  public static KeyRemoval open(Map<String, Object> kafka, Topics topics) {
    return open(kafka, topics, step -> {});
  }

  /**
   * The same, with topics and places of other applications.
   *
   * @param others who else keeps something of each key
   */
  public static KeyRemoval open(
      Map<String, Object> kafka, Topics topics, List<OtherApplication> others) {
    return open(kafka, topics, step -> {}, others);
  }

  /**
   * The same.
   *
   * @param before told of each step before it is taken
   */
  static KeyRemoval open(Map<String, Object> kafka, Topics topics, Consumer<String> before) {
    return open(kafka, topics, before, List.of());
  }

  private static KeyRemoval open(
      Map<String, Object> kafka,
      Topics topics,
      Consumer<String> before,
      List<OtherApplication> others) {
    Map<String, Object> properties = Map.copyOf(kafka);
    return new KeyRemoval(
        properties, topics, TopicMaintenance.open(properties, PATIENCE), before, others);
  }

  /** All that was forgotten so far. */
  public ForgottenKeys forgotten() {
    return log.read();
  }

  /** What the topics hold of a key; changes nothing. */
  public Findings look(String key) {
    Passes passes = passes(key);
    passes.awaitSettled();
    return passes.look();
  }

  /**
   * Ingest's members that were stopped and not given up yet are given up now; where one may be running it is waited for.
   *
   * @param alone whether nobody else can be connected to the brokers
   * @throws IngestException if ingest or another application still runs
   */
  public void requireStopped(boolean alone) {
    requireStopped("ingest", group, alone);
    others.forEach(other -> requireStopped(other.group(), other.group(), alone));
  }

  private void requireStopped(String name, String group, boolean alone) {
    if (alone) {
      maintenance.expelMembers(group);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (maintenance.hasMembers(group)) {
      if (System.nanoTime() > deadline) {
        throw new IngestException(
            "%s is running (group '%s' has members): stop ingest, predict and the learner, then forget"
                .formatted(name, group));
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
  }

  /**
   * Forgets.
   *
   * @param findings what {@link #look} found now
   * @return what stands on {@code forgotten} at the end
   */
  public Forgetting forget(String key, Findings findings) {
    ForgottenKeys before = forgotten();
    Forgetting marked = marked(key, before);
    if (!findings.mayBeLearned()) {
      return noted(
          Forgetting.newBuilder(marked).setGeneration(before.generation()), ForgettingStage.DONE);
    }
    Map<Integer, Long> read = passes(key).copy();
    Forgetting copied =
        noted(
            Forgetting.newBuilder(marked)
                .setGeneration(before.generation() + 1)
                .setTaskEnds(offsets(ends(Passes.copyOf(topics.tasks()))))
                .setExamplesRead(offsets(read)),
            ForgettingStage.COPIED);
    return replaced(copied);
  }

  /**
   * Ends a forgetting that was cut short while copies took the originals' places; there is nothing else that can be done then.
   *
   * @return the one that was ended; nothing where none was cut short there
   */
  public Optional<Forgetting> finish() {
    return forgotten().halfReplaced().map(this::replaced);
  }

  private Forgetting marked(String key, ForgottenKeys before) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    Optional<Forgetting> begun =
        before.find(bytes).filter(one -> one.getStage() == ForgettingStage.MARKED);
    if (begun.isPresent()) {
      return begun.get();
    }
    byte[] salt = before.salt();
    return noted(
        Forgetting.newBuilder()
            .setNumber(before.newest().map(Forgetting::getNumber).orElse(0L) + 1)
            .setAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .setSalt(ByteBuffer.wrap(salt))
            .setDigest(ForgottenKeys.digest(salt, bytes))
            .setGeneration(before.generation())
            .setTaskEnds(List.of())
            .setExamplesRead(List.of()),
        ForgettingStage.MARKED);
  }

  private Forgetting noted(Forgetting.Builder forgetting, ForgettingStage stage) {
    Forgetting record = forgetting.setStage(stage).build();
    before.accept("note " + stage);
    log.write(record);
    return record;
  }

  private Forgetting replaced(Forgetting copied) {
    passes("").replace();
    Map<Integer, Long> read = new TreeMap<>();
    copied.getExamplesRead().forEach(at -> read.put(at.getPartition(), at.getOffset()));
    before.accept("move " + group);
    maintenance.move(group, topics.examples(), read);
    return noted(Forgetting.newBuilder(copied), ForgettingStage.DONE);
  }

  private Passes passes(String key) {
    return new Passes(
        kafka,
        topics,
        maintenance,
        key.getBytes(StandardCharsets.UTF_8),
        maintenance.positions(group, topics.examples()),
        before,
        new OtherTopics(maintenance, others));
  }

  private Map<Integer, Long> ends(String topic) {
    Map<Integer, Long> ends = new TreeMap<>();
    try (CommittedReader reader = new CommittedReader(kafka)) {
      reader
          .ends(reader.partitions(topic))
          .forEach((partition, end) -> ends.put(partition.partition(), end));
    }
    return ends;
  }

  private static List<PartitionOffset> offsets(Map<Integer, Long> byPartition) {
    return byPartition.entrySet().stream()
        .map(entry -> new PartitionOffset(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public void close() {
    maintenance.close();
  }
}
