package io.engram.modelregistry.image;

import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * All that is registered, at one moment: what the events up to {@code events} say. Immutable; images share what did not change.
 *
 * @param models by name
 * @param read next offset to read of each partition of {@code model-candidates}
 * @param events how many events were applied
 */
public record RegistryImage(
    PSortedMap<String, ModelImage> models, PMap<Integer, Long> read, long events) {

  /** Before the first event. */
  public static final RegistryImage EMPTY =
      new RegistryImage(TreePMap.empty(), HashTreePMap.empty(), 0);

  public Optional<ModelImage> model(String name) {
    return Optional.ofNullable(models.get(name));
  }

  /** The model of that name; an empty one if nothing of it is registered. */
  public ModelImage modelOrEmpty(String name) {
    return model(name).orElseGet(() -> ModelImage.empty(name));
  }

  /**
   * The image after one more event.
   *
   * @throws BrokenHistoryException if the event cannot follow
   */
  public RegistryImage apply(ModelEvent event) {
    ModelImage model = modelOrEmpty(event.model());
    CandidatePosition position = event.read();
    return new RegistryImage(
        models.plus(event.model(), ModelChanges.apply(model, event)),
        position == null ? read : read.plus(position.partition(), position.offset()),
        events + 1);
  }

  /** The image after several more events. */
  public RegistryImage apply(Iterable<ModelEvent> more) {
    RegistryImage image = this;
    for (ModelEvent event : more) {
      image = image.apply(event);
    }
    return image;
  }
}
