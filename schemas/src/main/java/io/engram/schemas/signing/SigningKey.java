package io.engram.schemas.signing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** A private key, and the public one that goes with it. Never prints. Safe for any number of threads. */
public final class SigningKey {

  static final String ALGORITHM = "Ed25519";

  private final PrivateKey secret;
  private final PublicKey open;
  private final String id;

  private SigningKey(PrivateKey secret, PublicKey open) {
    this.secret = secret;
    this.open = open;
    this.id = TrustedKeys.id(open);
  }

  /** A fresh one. */
  public static SigningKey make() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
    }
  }

  /**
   * A pair.
   *
   * @throws IllegalArgumentException if the two do not go together
   */
  static SigningKey of(PrivateKey secret, PublicKey open) {
    SigningKey key = new SigningKey(secret, open);
    byte[] probe = {1};
    if (!TrustedKeys.of(open).verify(Sealed.EVENT, key.seal(Sealed.EVENT, probe), probe)) {
      throw new IllegalArgumentException("the private and the public key do not go together");
    }
    return key;
  }

  /** Names the key wherever it signs. */
  public String id() {
    return id;
  }

  public PublicKey publicKey() {
    return open;
  }

  /** To check what it signed. */
  public TrustedKeys trusted() {
    return TrustedKeys.of(open);
  }

  PrivateKey secret() {
    return secret;
  }

  /** Signs. */
  public Seal seal(Sealed kind, byte[]... parts) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(kind.message(parts));
      return new Seal(id, signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key " + id + " cannot sign", e);
    }
  }

  @Override
  public String toString() {
    return "signing key " + id;
  }
}
