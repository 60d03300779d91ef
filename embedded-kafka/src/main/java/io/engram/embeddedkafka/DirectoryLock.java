package io.engram.embeddedkafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to work in a directory, held by one broker at a time and lost when its process dies.
 *
 * <p>Kafka takes a lock of its own, but only after its controller has opened the metadata log, and
 * a controller whose log a second one has opened does not recover.
 */
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "engram-broker.lock";

  // A process that closes any channel on a locked file loses its lock on POSIX systems. So a second
  // broker of this process must be turned away before it opens the file.
  private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /** Creates the directory where it is absent, and takes it. */
  static DirectoryLock take(Path directory) {
    Path real = create(directory);
    if (!HELD_BY_THIS_PROCESS.add(real)) {
      throw new EmbeddedKafkaException.DirectoryInUse(directory);
    }
    FileChannel channel = null;
    try {
      channel = lock(real);
    } catch (IOException e) {
      throw new EmbeddedKafkaException.DirectoryUnusable(directory, e);
    } finally {
      if (channel == null) {
        HELD_BY_THIS_PROCESS.remove(real);
      }
    }
    if (channel == null) {
      throw new EmbeddedKafkaException.DirectoryInUse(directory);
    }
    return new DirectoryLock(real, channel);
  }

  private static Path create(Path directory) {
    try {
      return Files.createDirectories(directory).toRealPath();
    } catch (IOException e) {
      throw new EmbeddedKafkaException.DirectoryUnusable(directory, e);
    }
  }

  /** The locked file, or null where another process holds it. */
  private static @Nullable FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      return null;
    }
    return channel;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD_BY_THIS_PROCESS.remove(directory);
    }
  }
}
