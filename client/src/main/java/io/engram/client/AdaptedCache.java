package io.engram.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What was adapted last, by version and rows, within a number of bytes. Rows are compared by what they hold. Thread-safe. */
final class AdaptedCache {

  private static final int OVERHEAD = 256;

  private final long most;
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private record Kept(Object adapted, long bytes) {}

  /**
   * Which version and rows. Two readings of one version are two: the model itself is compared, which costs nothing.
   *
   * @param rows all of them as bytes
   */
  private record Key(Model model, ByteBuffer rows) {}

  AdaptedCache(long most) {
    this.most = most;
  }

  /** What was adapted to these rows; made where it is not kept. Two threads may both make one. */
  Object get(Model model, SupportSet support, Supplier<Object> make) {
    if (most == 0) {
      return make.get();
    }
    Key key = new Key(model, bytes(support));
    synchronized (kept) {
      Kept known = kept.get(key);
      if (known != null) {
        return known.adapted();
      }
    }
    Object made = make.get();
    // φ, the rows as they were given, and the rows as the key has them.
    long size = OVERHEAD + 4L * model.theta().length + 3L * key.rows().remaining();
    keep(key, new Kept(made, size));
    return made;
  }

  private void keep(Key key, Kept value) {
    synchronized (kept) {
      Kept before = kept.put(key, value);
      bytes += value.bytes() - (before == null ? 0 : before.bytes());
      var eldest = kept.entrySet().iterator();
      while (bytes > most && eldest.hasNext()) {
        bytes -= eldest.next().getValue().bytes();
        eldest.remove();
      }
    }
  }

  /** Bytes of everything kept. */
  long bytes() {
    synchronized (kept) {
      return bytes;
    }
  }

  private static ByteBuffer bytes(SupportSet support) {
    if (support instanceof SupportSet.Labeled labeled) {
      List<byte[]> labels =
          labeled.labels().stream().map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
      int length = labels.stream().mapToInt(it -> it.length + Integer.BYTES).sum();
      ByteBuffer all = ByteBuffer.allocate(1 + length + length(labeled.features()));
      all.put((byte) 'c');
      labels.forEach(it -> all.putInt(it.length).put(it));
      return rows(labeled.features(), all).flip();
    }
    SupportSet.Measured measured = (SupportSet.Measured) support;
    ByteBuffer all =
        ByteBuffer.allocate(1 + length(measured.features()) + length(measured.targets()));
    all.put((byte) 'n');
    return rows(measured.targets(), rows(measured.features(), all)).flip();
  }

  private static int length(List<float[]> rows) {
    return rows.stream().mapToInt(row -> Integer.BYTES + Float.BYTES * row.length).sum();
  }

  private static ByteBuffer rows(List<float[]> rows, ByteBuffer out) {
    for (float[] row : rows) {
      out.putInt(row.length);
      for (float value : row) {
        out.putFloat(value);
      }
    }
    return out;
  }
}
