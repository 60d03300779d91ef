package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.cli.config.Settings;
import io.engram.learner.kafka.CandidateSignatures;
import io.engram.modelregistry.agent.Signatures;
import io.engram.schemas.signing.KeyDirectory;
import io.engram.schemas.signing.SigningKey;
import io.engram.schemas.signing.TrustedKeys;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Section {@code signing}: who signs what, with which key, and whose signatures count. */
public final class SigningSettings {

  private static final String KEYS = "keys";
  private static final Map<String, Boolean> CHOICES = Map.of("auto", true, "off", false);

  private final Section signing;
  private final Path state;

  private SigningSettings(Section signing, Path state) {
    this.signing = signing;
    this.state = state;
  }

  /** Reads the section; keys are made when they are asked for. */
  public static SigningSettings read(Settings settings) {
    return new SigningSettings(settings.section("signing"), settings.top().path("state-dir"));
  }

  /** Who has a key. */
  public enum Signer {
    REGISTRY,
    LEARNER;

    private String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The keys of a signer. */
  public KeyDirectory keys(Signer signer) {
    return new KeyDirectory(state.resolve(KEYS).resolve(signer.key()));
  }

  /** What the registry signs with, and what it checks. Makes its key at its first start. */
  public Signatures registry() {
    Optional<SigningKey> key = key(Signer.REGISTRY);
    TrustedKeys own = key.isPresent() ? keys(Signer.REGISTRY).trusted() : TrustedKeys.NONE;
    return signing.build(() -> new Signatures(key, own, trusted("trusted-learners")));
  }

  /** What the learner signs with, and what it checks. */
  public CandidateSignatures learner() {
    return new CandidateSignatures(key(Signer.LEARNER), versions());
  }

  /** The keys that versions must be signed by. */
  public TrustedKeys versions() {
    return signing.build(() -> trusted("trusted-registry"));
  }

  /** The same beside the registry in one process: its own keys, if it signs. */
  public TrustedKeys versionsHere() {
    TrustedKeys named = versions();
    return named.isEmpty() && signs(Signer.REGISTRY) ? registry().own() : named;
  }

  private boolean signs(Signer signer) {
    return signing.choice(signer.key(), CHOICES);
  }

  private Optional<SigningKey> key(Signer signer) {
    return signs(signer) ? Optional.of(keys(signer).signing()) : Optional.empty();
  }

  private TrustedKeys trusted(String key) {
    return signing.text(key).isEmpty()
        ? TrustedKeys.NONE
        : KeyDirectory.trusted(Path.of(signing.text(key)));
  }
}
