package io.engram.learner.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.SstFileManager;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with the learner's three column families and bounded memory: block cache and write buffers share one limit, tasks lie
 * LZ4-compressed in blob files, so that overwriting a slot does not rewrite its neighbours.
 */
final class Database implements AutoCloseable {

  private static final long MEMORY_BYTES = 96L << 20;
  private static final long WRITE_BUFFER_BYTES = 32L << 20;
  private static final long BLOB_THRESHOLD_BYTES = 1024;
  private static final long UNLIMITED = 0;

  private final Path directory;
  private final Handles handles = new Handles();
  private final RocksDB db;
  private final ColumnFamilyHandle state;
  private final ColumnFamilyHandle index;
  private final ColumnFamilyHandle tasks;
  private final WriteOptions writeOptions;
  private final WriteOptions unsynced;
  private boolean closed;

  Database(Path directory, boolean sync) {
    this(directory, sync, UNLIMITED);
  }

  /**
   * @param spaceLimit bytes its files may take before it refuses to write, as a full disk would
   */
  Database(Path directory, boolean sync, long spaceLimit) {
    this(directory, Opening.WRITABLE, sync, spaceLimit);
  }

  /** To look into: changes nothing, and does not mind another process that writes to it. */
  static Database readOnly(Path directory) {
    return new Database(directory, Opening.READ_ONLY, false, UNLIMITED);
  }

  private enum Opening {
    WRITABLE,
    READ_ONLY
  }

  private Database(Path directory, Opening opening, boolean sync, long spaceLimit) {
    this.directory = directory;
    try {
      if (opening == Opening.WRITABLE) {
        Files.createDirectories(directory);
        NativeCode.loadBeside(directory);
      }
      RocksDB.loadLibrary();
      Cache cache = handles.add(new LRUCache(MEMORY_BYTES));
      DBOptions options = handles.add(options(handles.add(buffers(cache))));
      if (spaceLimit != UNLIMITED) {
        SstFileManager space = handles.add(new SstFileManager(Env.getDefault()));
        space.setMaxAllowedSpaceUsage(spaceLimit);
        options.setSstFileManager(space);
      }
      List<ColumnFamilyDescriptor> families =
          List.of(
              family(RocksDB.DEFAULT_COLUMN_FAMILY, small(cache)),
              family("state".getBytes(StandardCharsets.UTF_8), small(cache)),
              family("memory.index".getBytes(StandardCharsets.UTF_8), small(cache)),
              family("memory.tasks".getBytes(StandardCharsets.UTF_8), blobs(cache)));
      List<ColumnFamilyHandle> opened = new ArrayList<>();
      this.db = handles.add(open(opening, options, families, opened));
      opened.forEach(handles::add);
      this.state = opened.get(1);
      this.index = opened.get(2);
      this.tasks = opened.get(3);
      this.writeOptions = handles.add(new WriteOptions().setSync(sync));
      this.unsynced = handles.add(new WriteOptions().setSync(false));
    } catch (RocksDBException e) {
      handles.close();
      throw new StoreException(
          directory, StoreTrouble.of(e), "cannot be opened: " + e.getMessage(), e);
    } catch (IOException e) {
      handles.close();
      throw new StoreException(directory, StoreTrouble.NOT_WRITABLE, "cannot be created: " + e, e);
    }
  }

  private RocksDB open(
      Opening opening,
      DBOptions options,
      List<ColumnFamilyDescriptor> families,
      List<ColumnFamilyHandle> opened)
      throws RocksDBException {
    String path = directory.toString();
    return switch (opening) {
      case WRITABLE -> RocksDB.open(options, path, families, opened);
      case READ_ONLY -> RocksDB.openReadOnly(options, path, families, opened);
    };
  }

  private static WriteBufferManager buffers(Cache cache) {
    return new WriteBufferManager(MEMORY_BYTES / 2, cache);
  }

  private static DBOptions options(WriteBufferManager buffers) {
    return new DBOptions()
        .setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setWriteBufferManager(buffers)
        .setMaxTotalWalSize(4 * WRITE_BUFFER_BYTES)
        .setMaxOpenFiles(256)
        .setKeepLogFileNum(3);
  }

  private ColumnFamilyOptions small(Cache cache) {
    return handles
        .add(new ColumnFamilyOptions())
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setTableFormatConfig(table(cache));
  }

  private ColumnFamilyOptions blobs(Cache cache) {
    return handles
        .add(new ColumnFamilyOptions())
        .setWriteBufferSize(WRITE_BUFFER_BYTES)
        .setTableFormatConfig(table(cache))
        .setEnableBlobFiles(true)
        .setMinBlobSize(BLOB_THRESHOLD_BYTES)
        .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
        .setEnableBlobGarbageCollection(true);
  }

  private BlockBasedTableConfig table(Cache cache) {
    return new BlockBasedTableConfig()
        .setBlockCache(cache)
        .setBlockSize(16 * 1024)
        .setFilterPolicy(handles.add(new BloomFilter(10)));
  }

  private static ColumnFamilyDescriptor family(byte[] name, ColumnFamilyOptions options) {
    return new ColumnFamilyDescriptor(name, options);
  }

  ColumnFamilyHandle state() {
    return state;
  }

  ColumnFamilyHandle index() {
    return index;
  }

  ColumnFamilyHandle tasks() {
    return tasks;
  }

  byte @Nullable [] get(ColumnFamilyHandle family, byte[] key) {
    try {
      return db.get(family, key);
    } catch (RocksDBException e) {
      throw failed("reading", e);
    }
  }

  /**
   * Reads a value into {@code into}, as much of it as fits.
   *
   * @return the whole value's length, or {@link RocksDB#NOT_FOUND}
   */
  int get(ColumnFamilyHandle family, byte[] key, byte[] into) {
    try {
      return db.get(family, key, into);
    } catch (RocksDBException e) {
      throw failed("reading", e);
    }
  }

  RocksIterator iterate(ColumnFamilyHandle family) {
    return db.newIterator(family);
  }

  /** Writes all or nothing. Durable with the next {@link #write}: the log of writes is one. */
  void writeUnsynced(WriteBatch batch) {
    try {
      db.write(unsynced, batch);
    } catch (RocksDBException e) {
      throw failed("writing", e);
    }
  }

  /** Writes all or nothing; when it returns the batch is as durable as {@code sync} promises. */
  void write(WriteBatch batch) {
    try {
      db.write(writeOptions, batch);
    } catch (RocksDBException e) {
      throw failed("writing", e);
    }
  }

  /** For a record that is not there, or is not what was written. */
  StoreException damaged(String problem) {
    return new StoreException(directory, problem, StoreTrouble.DAMAGED.remedy());
  }

  /**
   * Copies the whole database as of now into a directory that must not exist; hard links where both lie on one disk.
   */
  void checkpoint(Path target) {
    try (Checkpoint checkpoint = Checkpoint.create(db)) {
      checkpoint.createCheckpoint(target.toString());
    } catch (RocksDBException e) {
      throw failed("a backup to " + target, e);
    }
  }

  private StoreException failed(String doing, RocksDBException e) {
    return new StoreException(
        directory, StoreTrouble.of(e), doing + " failed: " + e.getMessage(), e);
  }

  /** Bytes of block cache, write buffers and table readers; 0 once closed. Any thread. */
  synchronized long memoryBytes() {
    if (closed) {
      return 0;
    }
    try {
      long bytes = db.getLongProperty(state, "rocksdb.block-cache-usage");
      for (ColumnFamilyHandle family : List.of(state, index, tasks)) {
        bytes += db.getLongProperty(family, "rocksdb.cur-size-all-mem-tables");
        bytes += db.getLongProperty(family, "rocksdb.estimate-table-readers-mem");
      }
      return bytes;
    } catch (RocksDBException e) {
      throw failed("asking for its memory", e);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    handles.close();
  }
}
