package io.engram.ingest.format.kinds;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Frames that are known and not read, by their first bytes. */
final class KnownFrames {

  private static final Map<String, byte[]> STARTS = starts();

  private KnownFrames() {}

  private static Map<String, byte[]> starts() {
    Map<String, byte[]> starts = new LinkedHashMap<>();
    put(starts, "gzip", "1f8b");
    put(starts, "Snappy (framed)", "ff060000734e61507059");
    put(starts, "Snappy (as Java's library frames it)", "82534e4150505900");
    put(starts, "Zstandard", "28b52ffd");
    put(starts, "LZ4", "04224d18");
    put(starts, "bzip2", "425a68");
    put(starts, "xz", "fd377a585a00");
    put(starts, "zip", "504b0304");
    put(starts, "Java serialization", "aced0005");
    put(starts, "a Parquet file", "50415231");
    put(starts, "an Avro container file", "4f626a01");
    put(starts, "an ORC file", "4f5243");
    put(starts, "Arrow", "4152524f5731");
    put(starts, "HDF5", "894844460d0a1a0a");
    put(starts, "NumPy", "934e554d5059");
    put(starts, "PNG", "89504e470d0a1a0a");
    put(starts, "JPEG", "ffd8ff");
    put(starts, "GIF", "47494638");
    put(starts, "PDF", "25504446");
    put(starts, "Python's pickle", "8002");
    put(starts, "Python's pickle (3)", "8003");
    put(starts, "Python's pickle (4)", "8004");
    put(starts, "Python's pickle (5)", "8005");
    put(starts, "CBOR", "d9d9f7");
    put(starts, "Smile", "3a290a");
    put(starts, "Amazon Ion", "e00100ea");
    put(starts, "Avro single-object encoding", "c301");
    return starts;
  }

  private static void put(Map<String, byte[]> starts, String name, String hex) {
    starts.put(name, HexFormat.of().parseHex(hex));
  }

  /** What bytes are by their start; empty where they are nothing of this. */
  static Optional<String> name(byte[] bytes) {
    for (Map.Entry<String, byte[]> start : STARTS.entrySet()) {
      if (begins(bytes, start.getValue())) {
        return Optional.of(start.getKey());
      }
    }
    return bytes.length < 2 ? Optional.empty() : byLikelihood(bytes);
  }

  private static boolean begins(byte[] bytes, byte[] start) {
    if (bytes.length < start.length) {
      return false;
    }
    for (int i = 0; i < start.length; i++) {
      if (bytes[i] != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static Optional<String> byLikelihood(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if (first == 0x03 && (second == 0x00 || second == 0x05) && bytes.length >= 18) {
      return Optional.of("AWS Glue's frame");
    }
    if (first == 0x78 && (second == 0x01 || second == 0x5e || second == 0x9c || second == 0xda)) {
      return Optional.of("zlib");
    }
    if (first == '<') {
      return Optional.of(startsTag(bytes) ? "XML or HTML" : "text that begins with '<'");
    }
    if (bytes.length >= 5 && littleEndian(bytes) == bytes.length && bytes[bytes.length - 1] == 0) {
      return Optional.of("BSON");
    }
    // Neither byte can begin a text in UTF-8.
    if ((first >= 0x81 && first <= 0x8f) || first == 0xde || first == 0xdf) {
      return Optional.of("MessagePack");
    }
    return first >= 0xa1 && first <= 0xbf ? Optional.of("CBOR") : Optional.empty();
  }

  private static boolean startsTag(byte[] bytes) {
    int sign = bytes[1];
    return sign == '?' || sign == '!' || Character.isLetter(sign);
  }

  private static int littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }
}
