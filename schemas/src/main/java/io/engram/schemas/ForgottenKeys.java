package io.engram.schemas;

import io.engram.schemas.avro.Forgetting;
import io.engram.schemas.avro.ForgettingStage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The task keys that were forgotten on purpose, as the topic {@code forgotten} has them. They are known by their digests, so that the list
 * of what is forgotten does not remember it. Immutable.
 */
public final class ForgottenKeys {

  /** Nothing was ever forgotten. */
  public static final ForgottenKeys NONE = new ForgottenKeys(new TreeMap<>(), 0);

  private static final int SALT_BYTES = 16;
  private static final int DIGEST_BYTES = 32;

  private final SortedMap<Long, Forgetting> byNumber;
  private final long foreign;

  private ForgottenKeys(SortedMap<Long, Forgetting> byNumber, long foreign) {
    this.byNumber = byNumber;
    this.foreign = foreign;
  }

  /** What the records of the topic say, in their order. */
  public static ForgottenKeys of(Iterable<Forgetting> records) {
    ForgottenKeys keys = NONE;
    for (Forgetting record : records) {
      keys = keys.with(record);
    }
    return keys;
  }

  /** A record as it stands on the topic. */
  @SuppressWarnings("ArrayRecordComponent") // bytes on their way to be decoded
  public record Entry(byte @Nullable [] key, byte @Nullable [] value) {}

  /**
   * The same of records as they stand on the topic. What is no forgetting under its own number, or cannot be one beside the first, is passed
   * over and counted: nobody can stop a role with a record of garbage. One that is well made is believed: it is a command, and who may give
   * it is for the rights on the topic to say.
   */
  public static ForgottenKeys decoded(List<Entry> entries) {
    ForgottenKeys keys = NONE;
    for (Entry entry : entries) {
      if (entry.value() != null) {
        keys = keys.read(entry);
      }
    }
    return keys;
  }

  private ForgottenKeys read(Entry entry) {
    try {
      Forgetting record = Wire.forgetting().decode(entry.value());
      boolean own = Arrays.equals(entry.key(), key(record));
      return own && fits(record) ? with(record) : new ForgottenKeys(byNumber, foreign + 1);
    } catch (WireException e) {
      return new ForgottenKeys(byNumber, foreign + 1);
    }
  }

  /** The key of a record of the topic: its number, as text. */
  public static byte[] key(Forgetting forgetting) {
    return Long.toString(forgetting.getNumber()).getBytes(StandardCharsets.UTF_8);
  }

  private boolean fits(Forgetting record) {
    return record.getNumber() >= 1
        && record.getGeneration() >= 0
        && record.getDigest().remaining() == DIGEST_BYTES
        && record.getSalt().remaining() == SALT_BYTES
        && newest().map(known -> known.getSalt().equals(record.getSalt())).orElse(true);
  }

  /** These and what a record of the topic says. */
  public ForgottenKeys with(Forgetting record) {
    SortedMap<Long, Forgetting> more = new TreeMap<>(byNumber);
    more.put(record.getNumber(), record);
    return new ForgottenKeys(more, foreign);
  }

  /** Records of the topic that were passed over. */
  public long foreign() {
    return foreign;
  }

  /** How many keys were forgotten. */
  public int size() {
    return byNumber.size();
  }

  /** Whether this key was forgotten. */
  public boolean contains(byte @Nullable [] key) {
    return key != null && find(key).isPresent();
  }

  /** The forgetting of a key, if it was forgotten: the newest. */
  public Optional<Forgetting> find(byte[] key) {
    Forgetting found = null;
    // All have one salt, so a key is digested once, however many were forgotten.
    Map<ByteBuffer, ByteBuffer> digests = new HashMap<>();
    for (Forgetting one : byNumber.values()) {
      if (digests
          .computeIfAbsent(one.getSalt(), salt -> digest(bytes(salt), key))
          .equals(one.getDigest())) {
        found = one;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The newest forgetting. */
  public Optional<Forgetting> newest() {
    return byNumber.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(byNumber.get(byNumber.lastKey()));
  }

  /** One whose copies are taking the originals' places: until it has come to its end, the topics may be anything. */
  public Optional<Forgetting> halfReplaced() {
    return byNumber.values().stream()
        .filter(one -> one.getStage() == ForgettingStage.COPIED)
        .findFirst();
  }

  /** Why nobody may go on from the topics now, for people, if that is so. */
  public Optional<String> unfinished() {
    return halfReplaced()
        .map(
            one ->
                "forgetting a key was cut short while the topics were written anew; end it with 'engram forget --finish', then start");
  }

  /** The newest one for which the log of tasks was written anew, if it ever was. */
  public Optional<Forgetting> newestWriting() {
    return byNumber.values().stream()
        .filter(one -> one.getGeneration() == generation() && !one.getTaskEnds().isEmpty())
        .reduce((earlier, later) -> later);
  }

  /** How often the log of tasks was written anew; 0 where it never was. */
  public long generation() {
    return newest().map(Forgetting::getGeneration).orElse(0L);
  }

  /** The salt of all digests; drawn now where there is none yet. */
  public byte[] salt() {
    return newest().map(newest -> bytes(newest.getSalt())).orElseGet(ForgottenKeys::drawn);
  }

  private static byte[] drawn() {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return salt;
  }

  /** What a key is known by. */
  public static ByteBuffer digest(byte[] salt, byte[] key) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(salt);
      return ByteBuffer.wrap(sha256.digest(key));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static byte[] bytes(ByteBuffer buffer) {
    ByteBuffer view = buffer.duplicate();
    byte[] bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ForgottenKeys keys && byNumber.equals(keys.byNumber);
  }

  @Override
  public int hashCode() {
    return byNumber.hashCode();
  }

  @Override
  public String toString() {
    return "%d forgotten keys, generation %d".formatted(size(), generation());
  }
}
