package io.engram.predict.kafka;

import io.engram.predict.domain.AskedId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of the store. The first byte says of what kind a record is, so that one kind stands in a row; behind it, or behind a time, come the
 * length and the text of the task key, so that what belongs to one does too. All kinds share one store, as every store of a partition is one
 * more changelog in each transaction.
 */
final class StoreKeys {

  private static final byte ROWS_OF = 'k';
  private static final byte ROW = 'r';
  private static final byte QUESTION = 'q';
  private static final byte TRACE = 't';
  private static final byte DUE = 'd';
  private static final byte WAITING = 'w';
  private static final byte COUNT = 'c';
  private static final int KIND = 1;

  private StoreKeys() {}

  /** Of which rows a key has. */
  static byte[] rowsOf(String key) {
    byte[] text = utf8(key);
    return ByteBuffer.allocate(KIND + Integer.BYTES + text.length)
        .put(ROWS_OF)
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** Of a row. */
  static byte[] row(String key, long number) {
    byte[] text = utf8(key);
    return ByteBuffer.allocate(KIND + Integer.BYTES + text.length + Long.BYTES)
        .put(ROW)
        .putInt(text.length)
        .put(text)
        .putLong(number)
        .array();
  }

  /** Of a question. */
  static byte[] question(AskedId asked) {
    return of(QUESTION, asked);
  }

  /** Of whose work a question is part of. */
  static byte[] trace(AskedId asked) {
    return of(TRACE, asked);
  }

  private static byte[] of(byte kind, AskedId asked) {
    byte[] key = utf8(asked.key());
    byte[] id = utf8(asked.id());
    return ByteBuffer.allocate(KIND + Integer.BYTES + key.length + id.length)
        .put(kind)
        .putInt(key.length)
        .put(key)
        .put(id)
        .array();
  }

  /** Of a question among those that are due, the earliest first. */
  static byte[] due(long due, AskedId asked) {
    return timed(DUE, due, asked);
  }

  /** Of a question among those that wait for a version, the earliest first. */
  static byte[] waiting(long due, AskedId asked) {
    return timed(WAITING, due, asked);
  }

  /** Of a count. */
  static byte[] count(String name) {
    byte[] text = utf8(name);
    return ByteBuffer.allocate(KIND + text.length).put(COUNT).put(text).array();
  }

  /** What stands before every one that is due at this time or later. */
  static byte[] dueFrom(long due) {
    return ByteBuffer.allocate(KIND + Long.BYTES).put(DUE).putLong(due).array();
  }

  /** What stands before all that wait. */
  static byte[] firstWaiting() {
    return new byte[] {WAITING};
  }

  /** What stands behind all that wait. */
  static byte[] behindWaiting() {
    return new byte[] {WAITING + 1};
  }

  /** The question of one that is due, or waits. */
  static AskedId asked(byte[] timed) {
    ByteBuffer bytes = ByteBuffer.wrap(timed).position(KIND + Long.BYTES);
    byte[] key = new byte[bytes.getInt()];
    bytes.get(key);
    byte[] id = new byte[bytes.remaining()];
    bytes.get(id);
    return new AskedId(
        new String(key, StandardCharsets.UTF_8), new String(id, StandardCharsets.UTF_8));
  }

  /** Whether a record is a task key's own. */
  static boolean belongs(byte[] storeKey, byte[] key) {
    if (storeKey.length == 0) {
      return false;
    }
    return switch (storeKey[0]) {
      case ROWS_OF, ROW, QUESTION, TRACE -> at(storeKey, KIND, key);
      case DUE, WAITING -> at(storeKey, KIND + Long.BYTES, key);
      default -> false;
    };
  }

  private static byte[] timed(byte kind, long due, AskedId asked) {
    byte[] key = utf8(asked.key());
    byte[] id = utf8(asked.id());
    return ByteBuffer.allocate(KIND + Long.BYTES + Integer.BYTES + key.length + id.length)
        .put(kind)
        .putLong(due)
        .putInt(key.length)
        .put(key)
        .put(id)
        .array();
  }

  private static boolean at(byte[] storeKey, int place, byte[] key) {
    int text = place + Integer.BYTES;
    return storeKey.length >= text + key.length
        && ByteBuffer.wrap(storeKey).getInt(place) == key.length
        && Arrays.equals(storeKey, text, text + key.length, key, 0, key.length);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
