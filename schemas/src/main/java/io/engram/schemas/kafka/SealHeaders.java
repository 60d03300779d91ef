package io.engram.schemas.kafka;

import io.engram.schemas.signing.Seal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Seal} stands in the headers of a record, and the number of a publication beside it. Who does not know them reads past
 * them.
 */
public final class SealHeaders {

  /** The key's id, UTF-8. */
  public static final String KEY = "engram.key";

  /** The signature, 64 bytes. */
  public static final String SIGNATURE = "engram.signature";

  /** Which publication of the registry's this is, 8 bytes, most significant first: larger ones came later. */
  public static final String PUBLICATION = "engram.publication";

  private static final int LONGEST_ID = 64;

  private SealHeaders() {}

  /** Adds a signature. */
  public static void write(Headers headers, Seal seal) {
    headers.add(KEY, seal.keyId().getBytes(StandardCharsets.UTF_8));
    headers.add(SIGNATURE, seal.signature());
  }

  /** The signature; null where there is none. */
  public static @Nullable Seal read(Headers headers) {
    Header key = headers.lastHeader(KEY);
    Header signature = headers.lastHeader(SIGNATURE);
    return key == null
            || key.value() == null
            || key.value().length > LONGEST_ID
            || signature == null
            || signature.value() == null
        ? null
        : new Seal(new String(key.value(), StandardCharsets.UTF_8), signature.value());
  }

  /** A number as a header's value. */
  public static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(0, number).array();
  }

  /** The publication's number, where the record has one. */
  public static OptionalLong publication(Headers headers) {
    Header header = headers.lastHeader(PUBLICATION);
    return header == null || header.value() == null || header.value().length != Long.BYTES
        ? OptionalLong.empty()
        : OptionalLong.of(ByteBuffer.wrap(header.value()).getLong());
  }
}
