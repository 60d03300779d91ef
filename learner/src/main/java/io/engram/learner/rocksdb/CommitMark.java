package io.engram.learner.rocksdb;

import io.engram.core.learning.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the last commit had come, noted in a file of its own beside the store. RocksDB passes over the end of a log that is cut or
 * flipped and starts with what stood before, without a word; this is the word. It is written after the commit, so it never claims more
 * than there was, and nothing rests on it: without it the store works as well.
 */
final class CommitMark implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CommitMark.class);
  private static final String FILE = "committed.mark";
  private static final int BYTES = 3 * Long.BYTES;

  private final Path file;
  private @Nullable FileChannel channel;

  private CommitMark(Path file) {
    this.file = file;
  }

  /** Of a store in a directory. Nothing is opened yet. */
  static CommitMark in(Path directory) {
    return new CommitMark(directory.resolve(FILE));
  }

  /** What a store had come to. */
  record Mark(long groups, long tasks) {

    static Mark of(Progress progress) {
      return new Mark(progress.groups(), progress.tasks());
    }
  }

  /** Notes a commit that was made. A note that cannot be made is no reason to stop. */
  void note(Mark mark) {
    try {
      if (channel == null) {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      }
      ByteBuffer bytes =
          ByteBuffer.allocate(BYTES)
              .putLong(mark.groups())
              .putLong(mark.tasks())
              .putLong(sum(mark))
              .flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be written: {}", file, e.getMessage());
    }
  }

  /** Says what a store that was opened has lost of what had been committed to it. */
  void compare(Mark found) {
    Optional<Mark> noted = read();
    if (noted.isPresent() && noted.get().groups() > found.groups()) {
      LOG.warn(
          "the store in {} has lost what was committed last: {} groups ({} tasks) had been committed, it holds {} ({} tasks), so {} groups ({} tasks) were "
              + "dropped from a log that is cut or damaged. They are learned again from the tasks topic, from where the store stands, to the same result",
          file.getParent(),
          noted.get().groups(),
          noted.get().tasks(),
          found.groups(),
          found.tasks(),
          noted.get().groups() - found.groups(),
          noted.get().tasks() - found.tasks());
    }
  }

  private Optional<Mark> read() {
    byte[] all;
    try {
      all = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", file, e.getMessage());
      return Optional.empty();
    }
    if (all.length == 0) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(all);
    if (all.length == BYTES) {
      Mark mark = new Mark(bytes.getLong(), bytes.getLong());
      if (bytes.getLong() == sum(mark)) {
        return Optional.of(mark);
      }
    }
    LOG.warn("{} is damaged: whether the store has lost something is not known", file);
    return Optional.empty();
  }

  private static long sum(Mark mark) {
    CRC32 sum = new CRC32();
    sum.update(
        ByteBuffer.allocate(2 * Long.BYTES).putLong(mark.groups()).putLong(mark.tasks()).flip());
    return sum.getValue();
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debug("{} could not be closed: {}", file, e.getMessage());
    }
  }
}
