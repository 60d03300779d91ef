package io.engram.predict.kafka;

import io.engram.predict.domain.AskedId;
import io.engram.predict.domain.KeyRows;
import io.engram.predict.domain.PredictStore;
import io.engram.schemas.TraceContext;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.OpenQuestion;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** All of it in one store, under {@link StoreKeys}. */
final class KafkaPredictStore implements PredictStore {

  static final String MEMORY = "memory";

  private static final byte[] MARK = {1};

  private final KeyValueStore<byte[], byte[]> memory;

  KafkaPredictStore(KeyValueStore<byte[], byte[]> memory) {
    this.memory = memory;
  }

  @Override
  public KeyRows rows(String key) {
    byte[] bytes = memory.get(StoreKeys.rowsOf(key));
    if (bytes == null) {
      return KeyRows.NONE;
    }
    ByteBuffer stored = ByteBuffer.wrap(bytes);
    return new KeyRows(stored.getLong(), stored.getLong());
  }

  @Override
  public void put(String key, KeyRows which) {
    memory.put(
        StoreKeys.rowsOf(key),
        ByteBuffer.allocate(16).putLong(which.first()).putLong(which.next()).array());
  }

  @Override
  public void putRow(String key, long number, LabeledExample row) {
    memory.put(StoreKeys.row(key, number), Wire.labeledExample().encode(row));
  }

  @Override
  public void removeRow(String key, long number) {
    memory.delete(StoreKeys.row(key, number));
  }

  @Override
  public List<LabeledExample> rows(String key, long from, long to) {
    List<LabeledExample> found = new ArrayList<>();
    if (from >= to) {
      return found;
    }
    try (KeyValueIterator<byte[], byte[]> in =
        memory.range(StoreKeys.row(key, from), StoreKeys.row(key, to - 1))) {
      while (in.hasNext()) {
        found.add(Wire.labeledExample().decode(in.next().value));
      }
    }
    return found;
  }

  @Override
  public @Nullable OpenQuestion question(AskedId asked) {
    byte[] bytes = memory.get(StoreKeys.question(asked));
    return bytes == null ? null : Wire.openQuestion().decode(bytes);
  }

  @Override
  public void put(AskedId asked, OpenQuestion question) {
    memory.put(StoreKeys.question(asked), Wire.openQuestion().encode(question));
    memory.put(StoreKeys.due(question.getDue(), asked), MARK);
  }

  @Override
  public void remove(AskedId asked, OpenQuestion question) {
    memory.delete(StoreKeys.question(asked));
    memory.delete(StoreKeys.due(question.getDue(), asked));
    byte[] trace = StoreKeys.trace(asked);
    // Deleting what is not there would cost a record of the changelog, where nobody traces.
    if (memory.get(trace) != null) {
      memory.delete(trace);
    }
  }

  @Override
  public @Nullable TraceContext trace(AskedId asked) {
    byte[] kept = memory.get(StoreKeys.trace(asked));
    if (kept == null) {
      return null;
    }
    Map<String, byte[]> headers = new HashMap<>();
    for (String line : new String(kept, StandardCharsets.US_ASCII).split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon),
            line.substring(colon + 1).getBytes(StandardCharsets.US_ASCII));
      }
    }
    return TraceContext.read(headers::get).orElse(null);
  }

  @Override
  public void putTrace(AskedId asked, TraceContext trace) {
    StringBuilder lines = new StringBuilder();
    trace
        .headers()
        .forEach(
            (name, value) ->
                lines
                    .append(name)
                    .append(':')
                    .append(new String(value, StandardCharsets.US_ASCII))
                    .append('\n'));
    memory.put(StoreKeys.trace(asked), lines.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void waits(AskedId asked, long until) {
    memory.put(StoreKeys.waiting(until, asked), MARK);
  }

  @Override
  public void waitsNoMore(AskedId asked, long until) {
    memory.delete(StoreKeys.waiting(until, asked));
  }

  @Override
  public void forEachWaiting(Consumer<AskedId> what) {
    try (KeyValueIterator<byte[], byte[]> all =
        memory.range(StoreKeys.firstWaiting(), StoreKeys.behindWaiting())) {
      while (all.hasNext()) {
        what.accept(StoreKeys.asked(all.next().key));
      }
    }
  }

  @Override
  public void forEachDue(long before, Consumer<AskedId> what) {
    try (KeyValueIterator<byte[], byte[]> until =
        memory.range(StoreKeys.dueFrom(0), StoreKeys.dueFrom(before))) {
      while (until.hasNext()) {
        KeyValue<byte[], byte[]> one = until.next();
        what.accept(StoreKeys.asked(one.key));
      }
    }
  }
}
