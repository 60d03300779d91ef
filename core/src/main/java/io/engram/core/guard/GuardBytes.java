package io.engram.core.guard;

import io.engram.core.task.LogPosition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A guard as bytes, big-endian, fields in the order below; a number in front says which order that is. */
public final class GuardBytes {

  private static final int VERSION = 1;

  private GuardBytes() {}

  /** All of a guard. */
  public static byte[] encode(Guard guard) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(VERSION);
      writeKeys(out, guard.keys());
      writeYardstick(out, guard.inputs());
      writeYardstick(out, guard.labels());
      writeQuarantine(out, guard.quarantined());
      writePast(out, guard.past());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IOException if the bytes end too early, or are of a newer order
   */
  public static Guard decode(byte[] bytes) throws IOException {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readInt();
      if (version != VERSION) {
        throw new IOException("it has version %d, known is %d".formatted(version, VERSION));
      }
      return new Guard(
          readKeys(in), readYardstick(in), readYardstick(in), readQuarantine(in), readPast(in));
    }
  }

  private static void writeKeys(DataOutputStream out, RecentKeys keys) throws IOException {
    writeWindow(out, keys.arrived());
    writeWindow(out, keys.learned());
  }

  private static void writeWindow(DataOutputStream out, KeyWindow window) throws IOException {
    out.writeLong(window.added());
    for (long tag : window.ring()) {
      out.writeLong(tag);
    }
  }

  private static RecentKeys readKeys(DataInputStream in) throws IOException {
    return new RecentKeys(readWindow(in, RecentKeys.ARRIVED), readWindow(in, RecentKeys.LEARNED));
  }

  private static KeyWindow readWindow(DataInputStream in, int length) throws IOException {
    long added = in.readLong();
    long[] ring = new long[length];
    for (int i = 0; i < length; i++) {
      ring[i] = in.readLong();
    }
    return new KeyWindow(ring, added);
  }

  private static void writeYardstick(DataOutputStream out, @Nullable Yardstick yardstick)
      throws IOException {
    out.writeBoolean(yardstick != null);
    if (yardstick == null) {
      return;
    }
    writeSums(out, yardstick.sums());
    out.writeInt(yardstick.youth().samples().size());
    for (Youth.Sample sample : yardstick.youth().samples()) {
      out.writeLong(sample.key());
      out.writeLong(sample.arrival());
      writeSums(out, sample.sums());
    }
    writeChallenge(out, yardstick.challenge());
    out.writeLong(yardstick.tasks());
  }

  private static @Nullable Yardstick readYardstick(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    ColumnSums sums = readSums(in);
    List<Youth.Sample> samples = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      samples.add(new Youth.Sample(in.readLong(), in.readLong(), readSums(in)));
    }
    Challenge challenge = readChallenge(in, sums.columns());
    return new Yardstick(sums, new Youth(samples), challenge, in.readLong());
  }

  /** One that is idle, as nearly always, is one number. */
  private static void writeChallenge(DataOutputStream out, Challenge challenge) throws IOException {
    out.writeInt(challenge.score());
    if (challenge.idle()) {
      return;
    }
    writeSums(out, challenge.sums());
    out.writeInt(challenge.counts().size());
    for (Map.Entry<Long, Integer> key : new TreeMap<>(challenge.counts()).entrySet()) {
      out.writeLong(key.getKey());
      out.writeInt(key.getValue());
    }
  }

  private static Challenge readChallenge(DataInputStream in, int columns) throws IOException {
    int score = in.readInt();
    if (score == 0) {
      return new Challenge(columns);
    }
    ColumnSums sums = readSums(in);
    Map<Long, Integer> counts = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(in.readLong(), in.readInt());
    }
    return new Challenge(sums, counts, score);
  }

  private static void writeSums(DataOutputStream out, ColumnSums sums) throws IOException {
    out.writeInt(sums.columns());
    out.writeLong(sums.count());
    for (double mean : sums.mean()) {
      out.writeDouble(mean);
    }
    for (double square : sums.squares()) {
      out.writeDouble(square);
    }
  }

  private static ColumnSums readSums(DataInputStream in) throws IOException {
    int columns = in.readInt();
    if (columns < 0 || columns > in.available() / (2 * Double.BYTES)) {
      throw new IOException("it announces %d columns".formatted(columns));
    }
    long count = in.readLong();
    return new ColumnSums(readDoubles(in, columns), readDoubles(in, columns), count);
  }

  private static double[] readDoubles(DataInputStream in, int length) throws IOException {
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  private static void writePast(DataOutputStream out, @Nullable Past past) throws IOException {
    out.writeBoolean(past != null);
    if (past != null) {
      out.writeLong(past.from());
      out.writeLong(past.until());
      writeChange(out, past.inputs());
      writeChange(out, past.labels());
    }
  }

  private static @Nullable Past readPast(DataInputStream in) throws IOException {
    return in.readBoolean()
        ? new Past(in.readLong(), in.readLong(), readChange(in), readChange(in))
        : null;
  }

  private static void writeChange(DataOutputStream out, Past.@Nullable Change change)
      throws IOException {
    out.writeBoolean(change != null);
    if (change != null) {
      writeSums(out, change.before());
      writeSums(out, change.after());
    }
  }

  private static Past.@Nullable Change readChange(DataInputStream in) throws IOException {
    return in.readBoolean() ? new Past.Change(readSums(in), readSums(in)) : null;
  }

  private static void writeQuarantine(DataOutputStream out, Quarantine quarantine)
      throws IOException {
    out.writeInt(quarantine.counts().size());
    for (Map.Entry<Cause, Long> count : quarantine.counts().entrySet()) {
      out.writeUTF(count.getKey().name());
      out.writeLong(count.getValue());
    }
    writeCase(out, quarantine.first());
    writeCase(out, quarantine.newest());
  }

  private static Quarantine readQuarantine(DataInputStream in) throws IOException {
    Map<Cause, Long> counts = new EnumMap<>(Cause.class);
    for (int left = in.readInt(); left > 0; left--) {
      counts.put(cause(in.readUTF()), in.readLong());
    }
    return new Quarantine(counts, readCase(in), readCase(in));
  }

  private static Cause cause(String name) throws IOException {
    try {
      return Cause.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IOException("it names the cause '%s', which is not known".formatted(name), e);
    }
  }

  private static void writeCase(DataOutputStream out, @Nullable Case kept) throws IOException {
    out.writeBoolean(kept != null);
    if (kept != null) {
      writeText(out, kept.key());
      out.writeInt(kept.position().partition());
      out.writeLong(kept.position().offset());
      out.writeUTF(kept.cause().name());
      writeText(out, kept.reason());
    }
  }

  private static @Nullable Case readCase(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    String key = in.readUTF();
    LogPosition position = new LogPosition(in.readInt(), in.readLong());
    return new Case(key, position, cause(in.readUTF()), in.readUTF());
  }

  /** A key may be long, and writeUTF takes 65,535 bytes. */
  private static void writeText(DataOutputStream out, String text) throws IOException {
    out.writeUTF(text.substring(0, Math.min(text.length(), 1000)));
  }
}
