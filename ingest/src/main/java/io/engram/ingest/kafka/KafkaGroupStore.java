package io.engram.ingest.kafka;

import io.engram.ingest.domain.BufferedExample;
import io.engram.ingest.domain.GroupStore;
import io.engram.ingest.domain.GroupingRules;
import io.engram.ingest.domain.KeyHistory;
import io.engram.ingest.domain.OpenTask;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** {@link GroupStore} on the state stores of one Kafka Streams task. */
final class KafkaGroupStore implements GroupStore {

  private final KeyValueStore<String, byte[]> open;
  private final KeyValueStore<byte[], byte[]> buffer;
  private final KeyValueStore<String, byte[]> histories;
  private final KeyNotes ids;
  private final KeyNotes detectors;

  KafkaGroupStore(ProcessorContext<?, ?> context, GroupingRules rules) {
    this.ids = KeyNotes.of(context, IngestTopology.IDS, IngestTopology.hasIds(rules));
    this.detectors =
        KeyNotes.of(context, IngestTopology.DETECTORS, IngestTopology.hasDetectors(rules));
    this.open = context.getStateStore(IngestTopology.OPEN);
    this.buffer = context.getStateStore(IngestTopology.BUFFER);
    this.histories = context.getStateStore(IngestTopology.HISTORY);
  }

  @Override
  public @Nullable OpenTask open(String key) {
    byte[] stored = open.get(key);
    return stored == null ? null : StoredBytes.readOpenTask(stored);
  }

  @Override
  public void putOpen(String key, OpenTask task) {
    open.put(key, StoredBytes.write(task));
  }

  @Override
  public void removeOpen(String key) {
    open.delete(key);
  }

  @Override
  public void forEachOpen(BiConsumer<String, OpenTask> consumer) {
    List<KeyValue<String, byte[]>> all = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> iterator = open.all()) {
      iterator.forEachRemaining(all::add);
    }
    all.forEach(entry -> consumer.accept(entry.key, StoredBytes.readOpenTask(entry.value)));
  }

  @Override
  public void putExample(String key, int index, BufferedExample example) {
    buffer.put(StoredBytes.bufferKey(key, index), StoredBytes.write(example));
  }

  @Override
  public List<BufferedExample> examples(String key, int count) {
    List<KeyValue<byte[], byte[]>> taken = new ArrayList<>(count);
    try (KeyValueIterator<byte[], byte[]> iterator =
        buffer.range(StoredBytes.bufferKey(key, 0), StoredBytes.bufferKey(key, count - 1))) {
      iterator.forEachRemaining(taken::add);
    }
    if (taken.size() != count) {
      throw new IllegalStateException(
          "ingest's store holds %d examples of key '%s', its open task says %d"
              .formatted(taken.size(), key, count));
    }
    return taken.stream().map(entry -> StoredBytes.readExample(entry.value)).toList();
  }

  /** Not by {@code delete}, which reads what it deletes. */
  @Override
  @SuppressWarnings("NullAway") // a null value is a tombstone
  public void removeExamples(String key, int count) {
    for (int index = 0; index < count; index++) {
      buffer.put(StoredBytes.bufferKey(key, index), null);
    }
  }

  @Override
  public KeyHistory history(String key) {
    byte[] stored = histories.get(key);
    return stored == null ? KeyHistory.NONE : StoredBytes.readHistory(stored);
  }

  @Override
  public void putHistory(String key, KeyHistory history) {
    histories.put(key, StoredBytes.write(history));
  }

  @Override
  public byte[] ids(String key) {
    return ids.get(key);
  }

  @Override
  public void putIds(String key, byte[] bytes) {
    ids.put(key, bytes);
  }

  @Override
  public byte[] detector(String key) {
    return detectors.get(key);
  }

  @Override
  public void putDetector(String key, byte[] state) {
    detectors.put(key, state);
  }

  @Override
  public void forgetHistories(long closedBefore) {
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> iterator = histories.all()) {
      while (iterator.hasNext()) {
        KeyValue<String, byte[]> entry = iterator.next();
        KeyHistory history = StoredBytes.readHistory(entry.value);
        if (history.lastClosed() < closedBefore
            && history.times().open().isEmpty()
            && open.get(entry.key) == null) {
          old.add(entry.key);
        }
      }
    }
    old.forEach(histories::delete);
    ids.keep(this::isKnown);
    detectors.keep(this::isKnown);
  }

  private boolean isKnown(String key) {
    return histories.get(key) != null || open.get(key) != null;
  }
}
