package io.engram.learner.rocksdb;

import io.engram.core.learning.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** Takes and restores copies of stores that no learner uses at the moment. {@link RocksLearnerStore#backup} is for one that does. */
public final class StoreBackup {

  private StoreBackup() {}

  /** Whether there is a store to be backed up. */
  public static boolean isStore(Path directory) {
    return Files.exists(directory.resolve("CURRENT"));
  }

  /**
   * Copies a store.
   *
   * @param target must not exist, or be an empty directory
   * @throws StoreException if the store is in use ({@link StoreException#inUse}) or damaged, or the target is not empty
   */
  public static StoreSummary take(Path store, Path target) {
    requireStore(store, "there is nothing to back up; name its state directory with --state");
    makeRoom(target);
    try (Database database = new Database(store, false)) {
      database.checkpoint(target);
    }
    return describe(target);
  }

  /**
   * Puts a copy where a learner will find it.
   *
   * @param store must not exist, or be an empty directory
   * @throws StoreException if the backup is none, or the store's directory is not empty
   */
  public static StoreSummary restore(Path backup, Path store) {
    requireStore(backup, "it is no backup; name the directory that 'engram learner backup' wrote");
    StoreSummary summary = describe(backup);
    makeRoom(store);
    Path unfinished = store.resolveSibling(store.getFileName() + ".restoring");
    try {
      copy(backup, unfinished);
      Files.move(unfinished, store, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException(
          store,
          "the backup %s cannot be copied there: %s".formatted(backup, e),
          "make room or choose another disk; delete %s and try again".formatted(unfinished),
          e);
    }
    return summary;
  }

  /**
   * What a store holds. Changes nothing.
   *
   * @throws StoreException if it cannot be read, or has a newer format
   */
  public static StoreSummary describe(Path directory) {
    try (Database database = Database.readOnly(directory)) {
      StateRecords state = new StateRecords(database);
      byte[] format = state.find(RocksLearnerStore.FORMAT);
      byte[] books = state.find(RocksLearnerStore.BOOKKEEPING);
      if (format == null || books == null) {
        throw new StoreException(directory, "nothing was committed to it", "use another one");
      }
      int version = ByteBuffer.wrap(format).getInt();
      StoreFormat.requireReadable(directory, version);
      Progress progress = StateCodec.decode(books, 1).standing().progress();
      return new StoreSummary(version, progress, remembered(database));
    } catch (RocksDBException | IOException e) {
      throw new StoreException(
          directory, StoreTrouble.DAMAGED, "it cannot be read: " + e.getMessage(), e);
    }
  }

  /** Tasks have an index, the examples of a continual learner are few. */
  private static int remembered(Database database) throws RocksDBException {
    int indexed = count(database, database.index());
    return indexed > 0 ? indexed : count(database, database.tasks());
  }

  private static int count(Database database, ColumnFamilyHandle family) throws RocksDBException {
    try (RocksIterator slots = database.iterate(family)) {
      int count = 0;
      for (slots.seekToFirst(); slots.isValid(); slots.next()) {
        count++;
      }
      slots.status();
      return count;
    }
  }

  /** Nothing is ever overwritten; RocksDB wants to make the directory itself. */
  static void makeRoom(Path target) {
    if (!Files.exists(target)) {
      return;
    }
    try {
      if (!Files.isDirectory(target) || !isEmpty(target)) {
        throw new StoreException(
            target, "it is not empty", "choose a directory that is, or that does not exist yet");
      }
      Files.delete(target);
    } catch (IOException e) {
      throw new StoreException(target, StoreTrouble.NOT_WRITABLE, "it cannot be used: " + e, e);
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  private static void requireStore(Path directory, String otherwise) {
    if (!isStore(directory)) {
      throw new StoreException(directory, "it holds no store", otherwise);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    if (Files.exists(to)) {
      delete(to);
    }
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** An earlier restore that did not finish. */
  private static void delete(Path unfinished) throws IOException {
    try (Stream<Path> files = Files.list(unfinished)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.delete(file);
      }
    }
    Files.delete(unfinished);
  }
}
