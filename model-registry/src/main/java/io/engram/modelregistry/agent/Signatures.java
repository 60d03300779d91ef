package io.engram.modelregistry.agent;

import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whose word counts.
 *
 * @param key signs versions and events; empty: nothing is signed
 * @param own the public keys that ever signed this registry's events, that of {@code key} among them; none: events are not checked
 * @param learners the public keys of learners; none: candidates need no signature
 */
public record Signatures(Optional<SigningKey> key, TrustedKeys own, TrustedKeys learners) {

  /** Nothing is signed, and nothing checked. */
  public static final Signatures NONE =
      new Signatures(Optional.empty(), TrustedKeys.NONE, TrustedKeys.NONE);

  public Signatures {
    own = key.map(it -> TrustedKeys.of(it.publicKey())).orElse(TrustedKeys.NONE).and(own);
  }

  /** In one line, for the start. */
  public String inWords() {
    String versions =
        key.map(it -> "versions and events are signed by the key " + it.id())
            .orElse(
                "versions and events are not signed: whoever can write to the topics can forge them");
    return versions
        + (learners.isEmpty()
            ? "; candidates are taken without a signature"
            : "; candidates are taken by the keys " + new TreeSet<>(learners.byId().keySet()));
  }
}
