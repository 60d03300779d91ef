package io.engram.learner.rocksdb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** The records of the column family {@code state}, by name: what is asked for is there, or the store is damaged. */
final class StateRecords {

  private final Database database;

  StateRecords(Database database) {
    this.database = database;
  }

  byte @Nullable [] find(String name) {
    return database.get(database.state(), key(name));
  }

  byte[] require(String name) {
    byte[] value = find(name);
    if (value == null) {
      throw damaged("'" + name + "' is missing");
    }
    return value;
  }

  float[] floats(String name) {
    return Floats.decode(require(name));
  }

  /** As many numbers as the network has parameters. */
  float[] parameters(String name, int expected) {
    float[] values = floats(name);
    if (values.length != expected) {
      throw damaged(
          "'%s' holds %d numbers, the network has %d parameters"
              .formatted(name, values.length, expected));
    }
    return values;
  }

  void put(WriteBatch batch, String name, byte[] value) throws RocksDBException {
    batch.put(database.state(), key(name), value);
  }

  void put(WriteBatch batch, String name, float[] values) throws RocksDBException {
    put(batch, name, Floats.encode(values));
  }

  void delete(WriteBatch batch, String name) throws RocksDBException {
    batch.delete(database.state(), key(name));
  }

  StoreException damaged(String problem) {
    return database.damaged(problem);
  }

  static byte[] key(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  /** The key of a place in the memory, in either of its column families. */
  static byte[] place(int place) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(place).array();
  }
}
