package io.engram.ingest.kafka;

import io.engram.ingest.domain.BufferedExample;
import io.engram.ingest.domain.EventTimes;
import io.engram.ingest.domain.KeyHistory;
import io.engram.ingest.domain.OpenTask;
import io.engram.ingest.domain.RecordHeader;
import io.engram.ingest.domain.TaskSignature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values of the stores are laid out. Each starts with a format number, so that a newer program can read what an
 * older one left.
 */
final class StoredBytes {

  private static final byte FORMAT = 1;

  private StoredBytes() {}

  /** Key of an example in the buffer: length and text of the task key, index; so that a task's examples stand in a row. */
  static byte[] bufferKey(String key, int index) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 8).putInt(text.length).put(text).putInt(index).array();
  }

  static byte[] write(BufferedExample example) {
    byte[] before =
        written(
            out -> {
              out.writeLong(example.offset());
              out.writeLong(example.timestamp());
              out.writeInt(example.headers().size());
              for (RecordHeader header : example.headers()) {
                out.writeUTF(header.key());
                writeBytes(out, header.value());
              }
            });
    // The value is nearly all of it, and is copied once.
    byte[] all = Arrays.copyOf(before, before.length + example.value().length);
    System.arraycopy(example.value(), 0, all, before.length, example.value().length);
    return all;
  }

  static BufferedExample readExample(byte[] bytes) {
    return read(
        bytes,
        in -> {
          long offset = in.readLong();
          long timestamp = in.readLong();
          List<RecordHeader> headers = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            headers.add(new RecordHeader(in.readUTF(), readBytes(in)));
          }
          return new BufferedExample(in.readAllBytes(), headers, offset, timestamp);
        });
  }

  static byte[] write(OpenTask task) {
    return written(
        out -> {
          writeText(out, task.taskId());
          List<Integer> shape = task.signature().featureShape();
          out.writeInt(shape.size());
          for (int size : shape) {
            out.writeInt(size);
          }
          out.writeInt(task.signature().outputs());
          out.writeInt(task.count());
          out.writeLong(task.bytes());
          out.writeLong(task.lastEventTime());
          out.writeLong(task.lastArrival());
          if (task.firstEventTime() != OpenTask.UNKNOWN) {
            out.writeLong(task.firstEventTime());
          }
        });
  }

  static OpenTask readOpenTask(byte[] bytes) {
    return read(
        bytes,
        in -> {
          String taskId = readText(in);
          List<Integer> shape = new ArrayList<>();
          for (int left = in.readInt(); left > 0; left--) {
            shape.add(in.readInt());
          }
          TaskSignature signature = new TaskSignature(List.copyOf(shape), in.readInt());
          return new OpenTask(
              taskId,
              signature,
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.available() > 0 ? in.readLong() : OpenTask.UNKNOWN);
        });
  }

  static byte[] write(KeyHistory history) {
    return written(
        out -> {
          out.writeLong(history.nextSequence());
          writeText(out, history.lastTaskId());
          out.writeInt(history.pieces());
          out.writeLong(history.lastClosed());
          if (!history.times().equals(EventTimes.NONE)) {
            write(out, history.times());
          }
        });
  }

  static KeyHistory readHistory(byte[] bytes) {
    return read(
        bytes,
        in ->
            new KeyHistory(
                in.readLong(), readText(in), in.readInt(), in.readLong(), readTimes(in)));
  }

  private static void write(DataOutputStream out, EventTimes times) throws IOException {
    out.writeLong(times.closedUpTo());
    out.writeInt(times.open().size());
    for (EventTimes.Span span : times.open()) {
      out.writeLong(span.slot());
      out.writeLong(span.from());
      out.writeLong(span.to());
    }
  }

  /** Keys without windows have none. */
  private static EventTimes readTimes(DataInputStream in) throws IOException {
    if (in.available() == 0) {
      return EventTimes.NONE;
    }
    long closedUpTo = in.readLong();
    List<EventTimes.Span> open = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      open.add(new EventTimes.Span(in.readLong(), in.readLong(), in.readLong()));
    }
    return new EventTimes(closedUpTo, open);
  }

  private static void writeText(DataOutputStream out, @Nullable String text) throws IOException {
    writeBytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String readText(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : in.readNBytes(length);
  }

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORMAT);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      byte format = in.readByte();
      if (format != FORMAT) {
        throw new IllegalStateException(
            "ingest's store holds format %d, this program reads %d; a newer Engram wrote it"
                .formatted(format, FORMAT));
      }
      return reading.from(in);
    } catch (IOException e) {
      throw new UncheckedIOException("ingest's store holds a damaged value", e);
    }
  }
}
