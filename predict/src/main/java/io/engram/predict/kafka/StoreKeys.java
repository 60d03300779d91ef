package io.engram.predict.kafka;

import io.engram.predict.domain.AskedId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The keys of the stores: length and text of the task key first, so that what belongs to one stands in a row. */
final class StoreKeys {

  private StoreKeys() {}

  /** Of a row. */
  static byte[] row(String key, long number) {
    byte[] text = key.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 12)
        .putInt(text.length)
        .put(text)
        .putLong(number)
        .array();
  }

  /** Of a question. */
  static byte[] question(AskedId asked) {
    return put(ByteBuffer.allocate(length(asked)), asked).array();
  }

  /** Of a question among those that are due, the earliest first. */
  static byte[] due(long due, AskedId asked) {
    return put(ByteBuffer.allocate(8 + length(asked)).putLong(due), asked).array();
  }

  /** What stands before every one that is due at this time or later. */
  static byte[] from(long due) {
    return ByteBuffer.allocate(8).putLong(due).array();
  }

  /** The question of a key of those that are due. */
  static AskedId asked(byte[] dueKey) {
    ByteBuffer bytes = ByteBuffer.wrap(dueKey);
    bytes.getLong();
    byte[] key = new byte[bytes.getInt()];
    bytes.get(key);
    byte[] id = new byte[bytes.remaining()];
    bytes.get(id);
    return new AskedId(
        new String(key, StandardCharsets.UTF_8), new String(id, StandardCharsets.UTF_8));
  }

  /** Whether a key of rows, or of questions, is a task key's. */
  static boolean begins(byte[] storeKey, byte[] key) {
    return at(storeKey, 0, key);
  }

  /** Whether a key of those that are due, or wait, is a task key's. */
  static boolean beginsBehindTime(byte[] dueKey, byte[] key) {
    return at(dueKey, Long.BYTES, key);
  }

  private static boolean at(byte[] storeKey, int place, byte[] key) {
    int text = place + Integer.BYTES;
    return storeKey.length >= text + key.length
        && ByteBuffer.wrap(storeKey).getInt(place) == key.length
        && Arrays.equals(storeKey, text, text + key.length, key, 0, key.length);
  }

  private static int length(AskedId asked) {
    return 4
        + asked.key().getBytes(StandardCharsets.UTF_8).length
        + asked.id().getBytes(StandardCharsets.UTF_8).length;
  }

  private static ByteBuffer put(ByteBuffer to, AskedId asked) {
    byte[] key = asked.key().getBytes(StandardCharsets.UTF_8);
    return to.putInt(key.length).put(key).put(asked.id().getBytes(StandardCharsets.UTF_8));
  }
}
