package io.engram.benchmarks.memory.rocksdb;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Puts and gets by number, LZ4 in blob files as the learner's store has it, and nothing else. */
public final class PlainRocks implements AutoCloseable {

  private final Options options;
  private final WriteOptions writes = new WriteOptions();
  private final RocksDB db;

  public PlainRocks(Path directory) {
    RocksDB.loadLibrary();
    this.options =
        new Options()
            .setCreateIfMissing(true)
            .setEnableBlobFiles(true)
            .setMinBlobSize(1024)
            .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
            .setEnableBlobGarbageCollection(true)
            .setWriteBufferSize(32L << 20);
    try {
      this.db = RocksDB.open(options, directory.toString());
    } catch (RocksDBException e) {
      throw new IllegalStateException("the plain database cannot be opened", e);
    }
  }

  /** Puts values under consecutive keys in one batch. */
  public void put(int firstKey, List<byte[]> values) {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < values.size(); i++) {
        batch.put(key(firstKey + i), values.get(i));
      }
      db.write(writes, batch);
    } catch (RocksDBException e) {
      throw new IllegalStateException("the plain database cannot be written", e);
    }
  }

  /** Bytes of the value under a key. */
  public int get(int key) {
    try {
      byte[] value = db.get(key(key));
      return value == null ? 0 : value.length;
    } catch (RocksDBException e) {
      throw new IllegalStateException("the plain database cannot be read", e);
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  @Override
  public void close() {
    db.close();
    writes.close();
    options.close();
  }
}
