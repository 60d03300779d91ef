package io.engram.cli.feed.kafka;

import io.engram.schemas.kafka.SourceIndex;
import io.engram.schemas.signing.KeptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * By what a source knows its own records again. Anybody may put an index into the headers of an example; a source that took it for its own
 * would go on behind it, and leave out all that it had not sent yet. The secret is a file of the state directory.
 */
public final class SourceSeal {

  private static final int SECRET_BYTES = 32;
  private static final int SEAL_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec secret;

  private SourceSeal(byte[] secret) {
    this.secret = new SecretKeySpec(secret, ALGORITHM);
  }

  /**
   * Of the secret in a file, which is made where there is none.
   *
   * @throws UncheckedIOException if it can be neither read nor made
   */
  public static SourceSeal at(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return new SourceSeal(HexFormat.of().parseHex(Files.readString(file).strip()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the source's secret " + file, e);
    } catch (IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException(file + " holds no secret; delete it to have one made", e));
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(random);
    Files.createDirectories(file.toAbsolutePath().getParent());
    KeptFile.secret(file, HexFormat.of().formatHex(random) + "\n");
  }

  /** Adds an index, and that it is ours. */
  void write(Headers headers, long index) {
    SourceIndex.write(headers, index);
    headers.add(SourceIndex.SEAL, seal(index));
  }

  /** The index, if it is ours. */
  OptionalLong read(Headers headers) {
    OptionalLong index = SourceIndex.read(headers);
    Header seal = headers.lastHeader(SourceIndex.SEAL);
    return index.isPresent()
            && seal != null
            && seal.value() != null
            && MessageDigest.isEqual(seal.value(), seal(index.getAsLong()))
        ? index
        : OptionalLong.empty();
  }

  private byte[] seal(long index) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      byte[] whole = mac.doFinal(Long.toString(index).getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(whole, SEAL_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }
}
