package io.engram.schemas.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Public keys that signatures are checked against. None: nothing is checked. Immutable.
 *
 * @param byId by {@link #id}
 */
public record TrustedKeys(Map<String, PublicKey> byId) {

  /** Checks nothing. */
  public static final TrustedKeys NONE = new TrustedKeys(Map.of());

  private static final int ID_DIGITS = 16;

  public TrustedKeys {
    byId = Map.copyOf(byId);
  }

  public static TrustedKeys of(PublicKey... keys) {
    Map<String, PublicKey> byId = new TreeMap<>();
    for (PublicKey key : keys) {
      byId.put(id(key), key);
    }
    return new TrustedKeys(byId);
  }

  /**
   * Reads keys, one a line: base64 of the X.509 encoding, whatever word stands before it; what is behind {@code #} is for people.
   *
   * @throws IllegalArgumentException if a line is no key
   */
  public static TrustedKeys parse(List<String> lines) {
    Map<String, PublicKey> byId = new TreeMap<>();
    for (String line : lines) {
      String text = line.replaceFirst("#.*", "").strip();
      if (!text.isEmpty()) {
        PublicKey key = read(text.substring(text.lastIndexOf(' ') + 1));
        byId.put(id(key), key);
      }
    }
    return new TrustedKeys(byId);
  }

  /** A key as a line that {@link #parse} reads. */
  public static String line(PublicKey key) {
    return id(key) + " " + Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** Names a key: the first 16 hex digits of its encoding's sha256. */
  public static String id(PublicKey key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static PublicKey read(String base64) {
    try {
      return KeyFactory.getInstance(SigningKey.ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "found '%s', expected an Ed25519 public key as 'engram keys show' prints it"
              .formatted(base64.length() > 80 ? base64.substring(0, 80) + "…" : base64),
          e);
    }
  }

  /** Both's keys. */
  public TrustedKeys and(TrustedKeys more) {
    Map<String, PublicKey> all = new TreeMap<>(byId);
    all.putAll(more.byId);
    return new TrustedKeys(all);
  }

  /** Whether nothing is checked. */
  public boolean isEmpty() {
    return byId.isEmpty();
  }

  /** Whether a signature says that it is by one of the keys. */
  public boolean knows(@Nullable Seal seal) {
    return seal != null && byId.containsKey(seal.keyId());
  }

  /** Whether a signature is by one of the keys, of this kind and of these bytes. */
  public boolean verify(Sealed kind, @Nullable Seal seal, byte[]... parts) {
    PublicKey key = seal == null ? null : byId.get(seal.keyId());
    if (seal == null || key == null) {
      return false;
    }
    try {
      Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
      signature.initVerify(key);
      signature.update(kind.message(parts));
      return signature.verify(seal.signature());
    } catch (GeneralSecurityException e) {
      return false; // bytes that are no signature
    }
  }

  /** What is wrong with a signature, for people. */
  public String problem(@Nullable Seal seal) {
    if (seal == null) {
      return "it is not signed";
    }
    String id = seal.keyId().length() > ID_DIGITS ? "?" : seal.keyId();
    return byId.containsKey(seal.keyId())
        ? "its signature by the key %s is wrong".formatted(id)
        : "it is signed by the key %s, which is not trusted; those are %s"
            .formatted(id, new TreeMap<>(byId).keySet());
  }
}
