package io.engram.modelregistry.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.PVector;
import org.pcollections.TreePMap;
import org.pcollections.TreePVector;

/**
 * One model's versions and who rules among them. Immutable.
 *
 * @param versions version v stands at index v − 1
 * @param byCandidate version of each candidate id
 * @param aliases the user's names for versions
 * @param succession who rules, and who did
 * @param chronicle what happened
 */
public record ModelImage(
    String name,
    PVector<RegisteredVersion> versions,
    PMap<String, Long> byCandidate,
    PSortedMap<String, Long> aliases,
    Succession succession,
    Chronicle chronicle) {

  /** The alias of the version that rules; set by the registry alone. */
  public static final String CHAMPION = "champion";

  /** The alias of the newest version; set by the registry alone. */
  public static final String CANDIDATE = "candidate";

  static ModelImage empty(String name) {
    return new ModelImage(
        name,
        TreePVector.empty(),
        HashTreePMap.empty(),
        TreePMap.empty(),
        new Succession(TreePVector.empty(), TreePVector.empty(), HashTreePSet.empty(), false),
        new Chronicle(TreePVector.empty(), 0, 0, 0));
  }

  public Optional<RegisteredVersion> version(long version) {
    return version < 1 || version > versions.size()
        ? Optional.empty()
        : Optional.of(versions.get((int) version - 1));
  }

  /**
   * A version that is known to exist.
   *
   * @throws IllegalArgumentException if it does not
   */
  public RegisteredVersion require(long version) {
    return version(version)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model %s has versions 1 to %d, not %d".formatted(name, newest(), version)));
  }

  public Optional<RegisteredVersion> candidate(String candidateId) {
    Long version = byCandidate.get(candidateId);
    return version == null ? Optional.empty() : version(version);
  }

  /** The version that is published; empty before the first promotion. */
  public OptionalLong champion() {
    return succession.champion();
  }

  public Optional<RegisteredVersion> championVersion() {
    return champion().isPresent() ? version(champion().getAsLong()) : Optional.empty();
  }

  /** Number of the newest version, 0 where there is none. */
  public long newest() {
    return versions.size();
  }

  /** The version under a name: the user's aliases, {@value #CHAMPION}, {@value #CANDIDATE}. */
  public OptionalLong alias(String alias) {
    return switch (alias) {
      case CHAMPION -> champion();
      case CANDIDATE -> newest() == 0 ? OptionalLong.empty() : OptionalLong.of(newest());
      default -> {
        Long version = aliases.get(alias);
        yield version == null ? OptionalLong.empty() : OptionalLong.of(version);
      }
    };
  }

  /** The version and those it was learned on from, nearest first, as far as they are registered. */
  public List<RegisteredVersion> ancestry(RegisteredVersion version) {
    List<RegisteredVersion> line = new ArrayList<>();
    Optional<RegisteredVersion> next = Optional.of(version);
    while (next.isPresent()) {
      RegisteredVersion found = next.get();
      line.add(found);
      String parent = found.parentCandidateId();
      // A parent is older than its child, so that no forged lineage can make a circle.
      next =
          parent == null
              ? Optional.empty()
              : candidate(parent).filter(older -> older.version() < found.version());
    }
    return line;
  }
}
