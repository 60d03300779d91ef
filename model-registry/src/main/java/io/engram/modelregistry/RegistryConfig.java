package io.engram.modelregistry;

import io.engram.modelregistry.agent.Signatures;
import io.engram.modelregistry.gate.ParameterRetention;
import io.engram.modelregistry.gate.PromotionPolicy;
import io.engram.schemas.AssemblyLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the registry works.
 *
 * @param directory where parameter bytes are kept, under {@code parameters}; created where absent. What is lost here is rebuilt
 *     from the topics
 * @param promotion when a candidate becomes champion by itself
 * @param retention whose parameter bytes are kept
 * @param replicationFactor of the topics it creates; −1 for the broker's default
 * @param transactionTimeout how long subscribers may wait for the transaction of a registry that died and is not restarted; longer than
 *     a broker's restart; 1 s to 15 min (the broker's own limit by default)
 * @param assembly how much is kept of candidates that have not come whole
 * @param signatures who signs what
 */
public record RegistryConfig(
    Path directory,
    PromotionPolicy promotion,
    ParameterRetention retention,
    int replicationFactor,
    Duration transactionTimeout,
    AssemblyLimits assembly,
    Signatures signatures) {

  private static final Duration LONGEST = Duration.ofMinutes(15);

  public RegistryConfig {
    directory = directory.toAbsolutePath().normalize();
    if (replicationFactor != -1 && (replicationFactor < 1 || replicationFactor > Short.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "replicationFactor must be at least 1, or -1 for the broker's default, found "
              + replicationFactor);
    }
    if (transactionTimeout.toSeconds() < 1 || transactionTimeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "transactionTimeout must be 1 s to 15 min, found " + transactionTimeout);
    }
  }

  /**
   * The defaults: {@code not-worse(0.05,stale=1000)}; parameters of the 20 newest versions and of 5 former champions; the broker's
   * replication; 30 s; the default limits; nothing is signed.
   */
  public static RegistryConfig in(Path directory) {
    return new RegistryConfig(
        directory,
        PromotionPolicy.parse("not-worse(0.05,stale=1000)"),
        new ParameterRetention(20, 5),
        -1,
        Duration.ofSeconds(30),
        AssemblyLimits.DEFAULT,
        Signatures.NONE);
  }

  public RegistryConfig withPromotion(PromotionPolicy policy) {
    return new RegistryConfig(
        directory, policy, retention, replicationFactor, transactionTimeout, assembly, signatures);
  }

  public RegistryConfig withRetention(ParameterRetention kept) {
    return new RegistryConfig(
        directory, promotion, kept, replicationFactor, transactionTimeout, assembly, signatures);
  }

  public RegistryConfig withAssembly(AssemblyLimits limits) {
    return new RegistryConfig(
        directory, promotion, retention, replicationFactor, transactionTimeout, limits, signatures);
  }

  public RegistryConfig withSignatures(Signatures who) {
    return new RegistryConfig(
        directory, promotion, retention, replicationFactor, transactionTimeout, assembly, who);
  }
}
