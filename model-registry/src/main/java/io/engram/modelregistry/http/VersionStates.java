package io.engram.modelregistry.http;

import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What became of each version of a model, from its history. */
final class VersionStates {

  private final ModelImage model;
  private final Set<Long> promoted = new HashSet<>();
  private final Map<Long, String> refused = new HashMap<>();

  /** For people and for programs. */
  enum State {
    CHAMPION,
    /** It was champion. */
    PROMOTED,
    /** The gate kept the champion. */
    REFUSED,
    /** Rolled back from. */
    WITHDRAWN,
    /** Nobody has decided. */
    REGISTERED
  }

  VersionStates(ModelImage model) {
    this.model = model;
    for (ModelEvent event : model.chronicle().history()) {
      if (event.change() instanceof Change.Promoted it) {
        promoted.add(it.version());
      } else if (event.change() instanceof Change.RolledBack it) {
        promoted.add(it.to());
      } else if (event.change() instanceof Change.Refused it) {
        refused.put(it.version(), event.reason());
      }
    }
  }

  State of(long version) {
    if (OptionalLong.of(version).equals(model.champion())) {
      return State.CHAMPION;
    }
    if (model.succession().withdrawn().contains(version)) {
      return State.WITHDRAWN;
    }
    if (promoted.contains(version)) {
      return State.PROMOTED;
    }
    return refused.containsKey(version) ? State.REFUSED : State.REGISTERED;
  }

  /** Why the gate refused it. */
  Optional<String> refusal(long version) {
    return Optional.ofNullable(refused.get(version));
  }
}
