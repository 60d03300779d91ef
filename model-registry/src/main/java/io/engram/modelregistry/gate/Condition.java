package io.engram.modelregistry.gate;

import io.engram.modelregistry.image.RegistryImage;
import java.util.Optional;

/** What a call depends on. It is asked on the registry's thread, of the state that the call would change: nothing comes between. */
@FunctionalInterface
public interface Condition {

  /** Depends on nothing. */
  Condition NONE = image -> Optional.empty();

  /** Why it does not hold, for people; empty where it does. */
  Optional<String> problem(RegistryImage image);
}
