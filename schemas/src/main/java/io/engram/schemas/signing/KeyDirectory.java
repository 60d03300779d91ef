package io.engram.schemas.signing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * Keys of one signer in a directory: {@code signing.key}, for its owner alone, and {@code public-keys}, one a line: the newest last, and
 * before it those that it took over from. Who checks signatures is given the second file.
 */
public final class KeyDirectory {

  private static final String SECRET = "signing.key";
  private static final String OPEN = "public-keys";

  private final Path directory;

  public KeyDirectory(Path directory) {
    this.directory = directory.toAbsolutePath().normalize();
  }

  /** Whether a key was made. */
  public boolean exists() {
    return Files.exists(directory.resolve(SECRET));
  }

  /** The file with the public keys. */
  public Path publicKeys() {
    return directory.resolve(OPEN);
  }

  /**
   * The key that signs; made where there is none.
   *
   * @throws UncheckedIOException if it can be neither read nor made
   * @throws IllegalArgumentException if the file holds none
   */
  public SigningKey signing() {
    try {
      if (!exists()) {
        keep(SigningKey.make());
      }
      return read();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read or make the key " + directory.resolve(SECRET), e);
    }
  }

  /**
   * All keys that ever signed here.
   *
   * @throws UncheckedIOException if they cannot be read
   * @throws IllegalArgumentException if the file holds something else
   */
  public TrustedKeys trusted() {
    return trusted(publicKeys());
  }

  /** The keys of a file such as {@link #publicKeys()}. */
  public static TrustedKeys trusted(Path file) {
    try {
      return TrustedKeys.parse(Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the public keys " + file, e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Makes another key, which signs from now on; the public one of the key before stays. */
  public SigningKey rotate() {
    try {
      SigningKey fresh = SigningKey.make();
      keep(fresh);
      return fresh;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a key in " + directory, e);
    }
  }

  /** The public key first: what is signed can be checked whatever happens between the two. */
  private void keep(SigningKey key) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    List<String> known = new ArrayList<>();
    if (Files.exists(publicKeys())) {
      known.addAll(Files.readAllLines(publicKeys(), StandardCharsets.UTF_8));
    }
    known.add(TrustedKeys.line(key.publicKey()));
    KeptFile.replace(publicKeys(), String.join("\n", known) + "\n", "rw-r--r--");
    String both =
        "private %s%npublic %s%n"
            .formatted(
                Base64.getEncoder().encodeToString(key.secret().getEncoded()),
                Base64.getEncoder().encodeToString(key.publicKey().getEncoded()));
    KeptFile.secret(directory.resolve(SECRET), both);
  }

  private SigningKey read() throws IOException {
    Path file = directory.resolve(SECRET);
    requireItsOwners(file);
    String secret = "";
    String open = "";
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      secret = line.startsWith("private ") ? line.substring("private ".length()) : secret;
      open = line.startsWith("public ") ? line.substring("public ".length()) : open;
    }
    try {
      return SigningKey.of(
          KeyFactory.getInstance(SigningKey.ALGORITHM)
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(secret))),
          TrustedKeys.parse(List.of(open)).byId().values().iterator().next());
    } catch (GeneralSecurityException | RuntimeException e) {
      // Nothing of the file is quoted: it holds a secret.
      throw new IllegalArgumentException(
          "%s holds no key; bring back the one that was there, or delete it to have another made"
              .formatted(file));
    }
  }

  private static void requireItsOwners(Path file) throws IOException {
    Set<?> permissions = Files.getPosixFilePermissions(file);
    String found = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    if (permissions.size() > 2 || !found.endsWith("------")) {
      throw new IllegalArgumentException(
          "%s may be read by others (%s), expected rw-------: chmod 600 it".formatted(file, found));
    }
  }
}
