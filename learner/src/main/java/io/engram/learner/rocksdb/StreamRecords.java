package io.engram.learner.rocksdb;

import io.engram.core.continual.ContinualState;
import io.engram.core.continual.Kept;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * What a continual learner is beside θ, as records: its counters and the size of its memory in one, each of its vectors in one of its own, its
 * examples where other learners keep tasks. A commit writes only those examples that came since the last.
 */
final class StreamRecords {

  private static final String COUNTS = "stream";
  private static final String VECTOR = "stream.";

  private final StateRecords records;
  private final Database database;
  private ContinualState written = ContinualState.NONE;

  StreamRecords(StateRecords records, Database database) {
    this.records = records;
    this.database = database;
  }

  void put(WriteBatch batch, ContinualState state) throws RocksDBException {
    records.put(batch, COUNTS, encode(state));
    for (Map.Entry<String, float[]> vector : state.vectors().entrySet()) {
      records.put(batch, VECTOR + vector.getKey(), vector.getValue());
    }
    for (Map.Entry<Integer, Kept> it : state.rememberedSince(written).entrySet()) {
      batch.put(database.tasks(), StateRecords.place(it.getKey()), KeptCodec.encode(it.getValue()));
    }
    written = state;
  }

  /**
   * The state as it was written last.
   *
   * @param parameters elements of each vector
   */
  ContinualState read(int parameters) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(records.require(COUNTS)))) {
      Map<String, Long> counts = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        counts.put(in.readUTF(), in.readLong());
      }
      Map<String, float[]> vectors = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = in.readUTF();
        vectors.put(name, records.parameters(VECTOR + name, parameters));
      }
      written = new ContinualState(vectors, counts, memory(in.readInt()));
      return written;
    } catch (IOException e) {
      throw records.damaged("the record '%s' cannot be read: %s".formatted(COUNTS, e));
    }
  }

  private List<Kept> memory(int size) {
    List<Kept> memory = new ArrayList<>();
    for (int place = 0; place < size; place++) {
      String record = "memory place " + place;
      byte[] example = database.get(database.tasks(), StateRecords.place(place));
      if (example == null) {
        throw records.damaged("'%s' is missing".formatted(record));
      }
      try {
        memory.add(KeptCodec.decode(example));
      } catch (IllegalArgumentException e) {
        throw records.damaged("%s cannot be read: %s".formatted(record, e.getMessage()));
      }
    }
    return memory;
  }

  private static byte[] encode(ContinualState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(state.counts().size());
      for (Map.Entry<String, Long> count : state.counts().entrySet()) {
        out.writeUTF(count.getKey());
        out.writeLong(count.getValue());
      }
      out.writeInt(state.vectors().size());
      for (String name : state.vectors().keySet()) {
        out.writeUTF(name);
      }
      out.writeInt(state.memory().size());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
