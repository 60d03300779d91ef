package io.engram.modelregistry.agent;

import io.engram.schemas.avro.ModelManifest;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Opens what the registry speaks through; anew after every failure.
 *
 * <p><b>Threading:</b> the registry's thread, or the one that starts it. <b>Failure:</b> throws {@link UnavailableException} where the
 * cluster cannot be reached now.
 */
public interface Cluster {

  /** Takes the log over from every registry before. */
  Journal takeOver();

  /**
   * Begins to read candidates.
   *
   * @param from next offset per partition; those not named are read from their beginning
   */
  Candidates candidates(Map<Integer, Long> from);

  /** The newest version of each model that {@code model-updates} holds whole, and signed where versions are signed. */
  Map<String, ModelManifest> newestUpdates();

  /** Hands over the checksum and the parameter bytes of every whole version that the topics still hold. */
  void forEachVersion(BiConsumer<String, byte[]> found);
}
