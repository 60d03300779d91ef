package io.engram.modelregistry.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bearer token that changing calls need. Never logged. */
final class Token {

  private static final Logger LOG = LoggerFactory.getLogger(Token.class);
  private static final int BYTES = 32;
  private static final int SHORTEST = 16;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");

  private final byte[] value;

  private Token(String value) {
    this.value = value.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the token, or makes one where there is none.
   *
   * @throws UncheckedIOException if the file can be neither read nor made
   * @throws IllegalArgumentException if it holds no token
   */
  static Token at(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      keepFromOthers(file);
      String value = Files.readString(file).strip();
      if (value.length() < SHORTEST) {
        throw new IllegalArgumentException(
            "the token in %s has %d characters, expected at least %d; delete the file to have one made"
                .formatted(file, value.length(), SHORTEST));
      }
      return new Token(value);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the token file " + file, e);
    }
  }

  /** Whether an Authorization header carries the token; takes the same time whatever it carries. */
  boolean matches(@Nullable String authorization) {
    String prefix = "Bearer ";
    return authorization != null
        && authorization.regionMatches(true, 0, prefix, 0, prefix.length())
        && MessageDigest.isEqual(
            value,
            authorization.substring(prefix.length()).strip().getBytes(StandardCharsets.UTF_8));
  }

  /** A token that others could read is theirs too, but they may have it from elsewhere: that is for a person to decide. */
  private static void keepFromOthers(Path file) throws IOException {
    Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
    if (!OWNER.containsAll(now)) {
      Files.setPosixFilePermissions(file, OWNER);
      LOG.warn(
          "others could read the token in {} ({}), now they cannot; delete it to have another one made",
          file,
          PosixFilePermissions.toString(now));
    }
  }

  private static void make(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      Files.createDirectories(directory);
    }
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
      Files.writeString(file, HexFormat.of().formatHex(random) + "\n");
      LOG.info("made a token for changing calls in {}", file);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by somebody else meanwhile", file);
    }
  }
}
