package io.engram.learner.kafka;

import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.util.Optional;

/**
 * Whose word counts.
 *
 * @param key signs candidates; empty: they are not signed
 * @param registry the registry's public keys, one of which must have signed the version that a lost memory is rebuilt with; none: nobody
 */
public record CandidateSignatures(Optional<SigningKey> key, TrustedKeys registry) {

  /** Nothing is signed, and nothing checked. */
  public static final CandidateSignatures NONE =
      new CandidateSignatures(Optional.empty(), TrustedKeys.NONE);
}
