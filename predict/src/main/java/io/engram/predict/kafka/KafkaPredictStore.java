package io.engram.predict.kafka;

import io.engram.predict.domain.AskedId;
import io.engram.predict.domain.KeyRows;
import io.engram.predict.domain.PredictStore;
import io.engram.schemas.Wire;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.OpenQuestion;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The stores of one partition. */
final class KafkaPredictStore implements PredictStore {

  static final String KEYS = "keys";
  static final String ROWS = "rows";
  static final String QUESTIONS = "questions";
  static final String DUE = "due";
  static final String WAITING = "waiting";

  private static final byte[] MARK = {1};

  private final KeyValueStore<String, byte[]> keys;
  private final KeyValueStore<byte[], byte[]> rows;
  private final KeyValueStore<byte[], byte[]> questions;
  private final KeyValueStore<byte[], byte[]> due;
  private final KeyValueStore<byte[], byte[]> waiting;

  KafkaPredictStore(ProcessorContext<byte[], byte[]> context) {
    this.keys = context.getStateStore(KEYS);
    this.rows = context.getStateStore(ROWS);
    this.questions = context.getStateStore(QUESTIONS);
    this.due = context.getStateStore(DUE);
    this.waiting = context.getStateStore(WAITING);
  }

  @Override
  public KeyRows rows(String key) {
    byte[] bytes = keys.get(key);
    if (bytes == null) {
      return KeyRows.NONE;
    }
    ByteBuffer stored = ByteBuffer.wrap(bytes);
    return new KeyRows(stored.getLong(), stored.getLong());
  }

  @Override
  public void put(String key, KeyRows which) {
    keys.put(key, ByteBuffer.allocate(16).putLong(which.first()).putLong(which.next()).array());
  }

  @Override
  public void putRow(String key, long number, LabeledExample row) {
    rows.put(StoreKeys.row(key, number), Wire.labeledExample().encode(row));
  }

  @Override
  public void removeRow(String key, long number) {
    rows.delete(StoreKeys.row(key, number));
  }

  @Override
  public List<LabeledExample> rows(String key, long from, long to) {
    List<LabeledExample> found = new ArrayList<>();
    if (from >= to) {
      return found;
    }
    try (KeyValueIterator<byte[], byte[]> in =
        rows.range(StoreKeys.row(key, from), StoreKeys.row(key, to - 1))) {
      while (in.hasNext()) {
        found.add(Wire.labeledExample().decode(in.next().value));
      }
    }
    return found;
  }

  @Override
  public @Nullable OpenQuestion question(AskedId asked) {
    byte[] bytes = questions.get(StoreKeys.question(asked));
    return bytes == null ? null : Wire.openQuestion().decode(bytes);
  }

  @Override
  public void put(AskedId asked, OpenQuestion question) {
    questions.put(StoreKeys.question(asked), Wire.openQuestion().encode(question));
    due.put(StoreKeys.due(question.getDue(), asked), MARK);
  }

  @Override
  public void remove(AskedId asked, OpenQuestion question) {
    questions.delete(StoreKeys.question(asked));
    due.delete(StoreKeys.due(question.getDue(), asked));
  }

  @Override
  public void waits(AskedId asked, long until) {
    waiting.put(StoreKeys.due(until, asked), MARK);
  }

  @Override
  public void waitsNoMore(AskedId asked, long until) {
    waiting.delete(StoreKeys.due(until, asked));
  }

  @Override
  public void forEachWaiting(Consumer<AskedId> what) {
    try (KeyValueIterator<byte[], byte[]> all = waiting.all()) {
      while (all.hasNext()) {
        what.accept(StoreKeys.asked(all.next().key));
      }
    }
  }

  @Override
  public void forEachDue(long before, Consumer<AskedId> what) {
    try (KeyValueIterator<byte[], byte[]> until =
        due.range(StoreKeys.from(0), StoreKeys.from(before))) {
      while (until.hasNext()) {
        KeyValue<byte[], byte[]> one = until.next();
        what.accept(StoreKeys.asked(one.key));
      }
    }
  }
}
