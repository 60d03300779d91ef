package io.engram.modelregistry.agent;

import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.modelregistry.parameters.ParameterStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parameter bytes of versions: on disk, or else found again in the topics. One thread writes, any may read. */
public final class VersionBytes {

  private static final Logger LOG = LoggerFactory.getLogger(VersionBytes.class);

  private final ParameterStore store;
  private final Cluster cluster;

  /** What came last is what is published next: it need not be read and verified again. Of the writing thread. */
  private String held = "";

  private byte[] heldBytes = {};

  public VersionBytes(ParameterStore store, Cluster cluster) {
    this.store = store;
    this.cluster = cluster;
  }

  /** Has verified bytes at hand, not on disk yet. */
  void hold(String sha256, byte[] parameters) {
    held = sha256;
    heldBytes = parameters;
  }

  /** Puts on disk what is held. */
  void keepHeld() {
    store.put(held, heldBytes);
  }

  /** The bytes, if they can be had without looking through the topics. The writing thread's. */
  Optional<byte[]> atHand(RegisteredVersion version) {
    return version.sha256().equals(held) ? Optional.of(heldBytes) : stored(version);
  }

  /** The bytes, if the disk has them undamaged. Any thread may ask. */
  Optional<byte[]> stored(RegisteredVersion version) {
    return store.get(version.sha256());
  }

  /** The bytes, if they can be had. */
  Optional<byte[]> find(RegisteredVersion version) {
    Optional<byte[]> stored = store.get(version.sha256());
    if (stored.isPresent()) {
      return stored;
    }
    store.remove(version.sha256());
    recover(Set.of(version.sha256()));
    return store.get(version.sha256());
  }

  /**
   * The bytes. The writing thread's.
   *
   * @throws LostParametersException if neither disk nor topics hold them
   */
  byte[] require(RegisteredVersion version) {
    if (version.sha256().equals(held)) {
      return heldBytes;
    }
    return find(version).orElseThrow(() -> new LostParametersException(version));
  }

  /** Deletes what no version of the image needs any more. */
  void drop(List<RegisteredVersion> dropped, RegistryImage image) {
    if (!dropped.isEmpty()) {
      Set<String> needed = needed(image);
      dropped.stream()
          .map(RegisteredVersion::sha256)
          .filter(sha256 -> !needed.contains(sha256))
          .forEach(store::remove);
    }
  }

  /**
   * Makes the disk hold what the image needs, and nothing else.
   *
   * @return the versions whose bytes are nowhere to be found
   */
  List<RegisteredVersion> reconcile(RegistryImage image) {
    Set<String> needed = needed(image);
    Set<String> found = store.names();
    found.stream().filter(sha256 -> !needed.contains(sha256)).forEach(store::remove);
    Set<String> missing = new HashSet<>(needed);
    missing.removeAll(found);
    if (missing.isEmpty()) {
      return List.of();
    }
    LOG.info("looking for the parameters of {} versions in the topics", missing.size());
    recover(missing);
    missing.removeAll(store.names());
    return kept(image).filter(version -> missing.contains(version.sha256())).toList();
  }

  private void recover(Set<String> wanted) {
    cluster.forEachVersion(
        (sha256, parameters) -> {
          if (wanted.contains(sha256)) {
            store.put(sha256, parameters);
          }
        });
  }

  private static Set<String> needed(RegistryImage image) {
    return kept(image).map(RegisteredVersion::sha256).collect(Collectors.toSet());
  }

  private static Stream<RegisteredVersion> kept(RegistryImage image) {
    return image.models().values().stream()
        .flatMap(model -> model.versions().stream())
        .filter(RegisteredVersion::parametersKept);
  }
}
