package io.engram.ingest.kafka;

import io.engram.ingest.domain.BufferedExample;
import io.engram.ingest.domain.GroupStore;
import io.engram.ingest.domain.KeyHistory;
import io.engram.ingest.domain.OpenTask;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A {@link GroupStore} in memory, through the bytes of the real one. */
public final class MapGroupStore implements GroupStore {

  private final Map<String, byte[]> open = new TreeMap<>();
  private final Map<String, Map<Integer, byte[]>> buffer = new HashMap<>();
  private final Map<String, byte[]> histories = new HashMap<>();
  private final Map<String, byte[]> ids = new HashMap<>();
  private final Map<String, byte[]> detectors = new HashMap<>();

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
    open.remove(key);
  }

  @Override
  public void forEachOpen(BiConsumer<String, OpenTask> consumer) {
    new TreeMap<>(open)
        .forEach((key, stored) -> consumer.accept(key, StoredBytes.readOpenTask(stored)));
  }

  @Override
  public void putExample(String key, int index, BufferedExample example) {
    buffer.computeIfAbsent(key, k -> new TreeMap<>()).put(index, StoredBytes.write(example));
  }

  @Override
  public List<BufferedExample> examples(String key, int count) {
    List<BufferedExample> found = examples(key);
    if (found.size() != count) {
      throw new IllegalStateException(found.size() + " examples found, " + count + " expected");
    }
    return found;
  }

  @Override
  public void removeExamples(String key, int count) {
    Map<Integer, byte[]> stored = Objects.requireNonNull(buffer.remove(key));
    if (stored.size() != count) {
      throw new IllegalStateException(stored.size() + " examples found, " + count + " expected");
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
    return ids.getOrDefault(key, new byte[0]);
  }

  @Override
  public void putIds(String key, byte[] bytes) {
    ids.put(key, bytes);
  }

  @Override
  public byte[] detector(String key) {
    return detectors.getOrDefault(key, new byte[0]);
  }

  @Override
  public void putDetector(String key, byte[] state) {
    detectors.put(key, state);
  }

  @Override
  public void forgetHistories(long closedBefore) {
    histories
        .entrySet()
        .removeIf(
            entry ->
                StoredBytes.readHistory(entry.getValue()).lastClosed() < closedBefore
                    && !open.containsKey(entry.getKey()));
  }

  /** Numbers of the buffered examples of a key. */
  public List<BufferedExample> examples(String key) {
    return buffer.getOrDefault(key, Map.of()).values().stream()
        .map(StoredBytes::readExample)
        .toList();
  }

  public int buffered() {
    return buffer.values().stream().mapToInt(Map::size).sum();
  }
}
