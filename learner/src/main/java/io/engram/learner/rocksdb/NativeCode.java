package io.engram.learner.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native library. Unpacked where RocksDB would put it by itself, under a new name in the directory for temporary files,
 * every kill -9 would leave 15 MB behind for good; beside the store it has one name, and the next start takes its place. Public for
 * whoever starts another user of RocksDB in a process without a learner.
 */
public final class NativeCode {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCode.class);

  private NativeCode() {}

  /** Loads the library if nothing has yet, unpacked beside {@code store} where that can be written. */
  public static void loadBeside(Path store) {
    Path place = store.resolveSibling(store.getFileName() + ".native");
    try {
      Files.createDirectories(place);
      NativeLibraryLoader.getInstance().loadLibrary(place.toString());
    } catch (IOException | RuntimeException e) {
      LOG.debug("no place for native code at {}: {}", place, e.toString());
    }
    RocksDB.loadLibrary();
  }
}
