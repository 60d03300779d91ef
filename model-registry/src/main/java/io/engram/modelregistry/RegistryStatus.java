package io.engram.modelregistry;

import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegistryImage;
import io.engram.modelregistry.image.Reign;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the registry holds, at one moment.
 *
 * @param models by name
 */
public record RegistryStatus(Map<String, ModelStatus> models) {

  /**
   * One model.
   *
   * @param champion version that is published; 0 before the first promotion
   * @param registered versions registered
   * @param promoted promotions so far
   * @param refused how often the gate kept the champion
   * @param rolledBack rollbacks so far
   * @param rejected candidates that were no version
   * @param pinned whether the champion is to stay
   */
  public record ModelStatus(
      long champion,
      long registered,
      long promoted,
      long refused,
      long rolledBack,
      long rejected,
      boolean pinned) {

    /** Before anything is registered. */
    public static final ModelStatus NONE = new ModelStatus(0, 0, 0, 0, 0, 0, false);

    static ModelStatus of(ModelImage model) {
      long rolledBack =
          model.succession().reigns().stream()
              .filter(reign -> reign.how() == Reign.How.ROLLED_BACK)
              .count();
      return new ModelStatus(
          model.champion().orElse(0),
          model.newest(),
          model.succession().reigns().size() - rolledBack,
          model.chronicle().refusals(),
          rolledBack,
          model.chronicle().rejections(),
          model.succession().pinned());
    }
  }

  public RegistryStatus {
    models = Map.copyOf(models);
  }

  /** One model's; {@link ModelStatus#NONE} if nothing of that name is registered. */
  public ModelStatus model(String name) {
    return models.getOrDefault(name, ModelStatus.NONE);
  }

  static RegistryStatus of(RegistryImage image) {
    Map<String, ModelStatus> models = new TreeMap<>();
    image.models().forEach((name, model) -> models.put(name, ModelStatus.of(model)));
    return new RegistryStatus(models);
  }
}
