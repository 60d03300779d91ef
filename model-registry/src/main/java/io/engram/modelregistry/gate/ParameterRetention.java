package io.engram.modelregistry.gate;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose parameter bytes are kept. Always kept: the champion's and those of versions under an alias. What is known about a
 * version (lineage, metrics, history) is kept for ever. Nothing is kept of versions that know a key that the champion has forgotten.
 *
 * @param newest how many of the newest versions keep theirs, at least 1
 * @param champions how many former champions, the nearest ones to roll back to, keep theirs, at least 0
 */
public record ParameterRetention(int newest, int champions) {

  public ParameterRetention {
    if (newest < 1) {
      throw new IllegalArgumentException("retention.newest must be at least 1, found " + newest);
    }
    if (champions < 0) {
      throw new IllegalArgumentException(
          "retention.champions must be at least 0, found " + champions);
    }
  }

  /** The event that drops what need not be kept, if there is any. */
  public Optional<ModelEvent> prune(ModelImage model, Instant now) {
    Set<Long> kept = kept(model);
    List<Long> dropped =
        model.versions().stream()
            .filter(RegisteredVersion::parametersKept)
            .filter(
                version ->
                    Forgotten.since(model, version.manifest())
                        || (version.version() <= model.newest() - newest
                            && !kept.contains(version.version())))
            .map(RegisteredVersion::version)
            .toList();
    return dropped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ModelEvent(
                model.name(),
                now,
                ModelEvent.REGISTRY,
                "retention keeps %d newest and %d champions".formatted(newest, champions),
                null,
                new Change.ParametersDropped(dropped)));
  }

  private Set<Long> kept(ModelImage model) {
    Set<Long> kept = new HashSet<>(model.aliases().values());
    model.champion().ifPresent(kept::add);
    int former = model.succession().predecessors().size();
    kept.addAll(model.succession().predecessors().subList(Math.max(0, former - champions), former));
    return kept;
  }
}
