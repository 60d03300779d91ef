package io.engram.predict.adapt;

import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.predict.domain.Answerer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers with the newest version held. What was adapted is kept under its key, for those asked about last, until the version or the key's
 * rows move on.
 */
public final class ModelAnswerer implements Answerer {

  private final ModelSubscription subscription;
  private final double level;
  private final Map<String, Fitted> fitted;

  /**
   * @param kept of so many keys the adapted model is kept
   * @param level of intervals: the share of truths they are to cover
   */
  public ModelAnswerer(ModelSubscription subscription, int kept, double level) {
    this.subscription = subscription;
    this.level = level;
    this.fitted =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Fitted> eldest) {
            return size() > kept;
          }
        };
  }

  @Override
  public Optional<Given> answer(Asking asking) {
    Optional<Model> held = subscription.current();
    if (held.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(answer(held.get(), asking));
  }

  /** The answer of a version, whether it is held now or was. */
  public Given answer(Model model, Asking asking) {
    Fitted known = find(asking.key());
    if (known == null || known.model() != model || known.seen() != asking.seen()) {
      known = Fitted.to(subscription, model, asking.seen(), asking.rows().get(), level);
      synchronized (fitted) {
        fitted.put(asking.key(), known);
      }
    }
    return new Given(
        model.name(),
        model.version(),
        known.answer(asking.features()),
        known.support(),
        known.simple());
  }

  private @Nullable Fitted find(String key) {
    synchronized (fitted) {
      return fitted.get(key);
    }
  }
}
