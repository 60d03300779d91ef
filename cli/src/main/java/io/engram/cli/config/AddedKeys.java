package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.engram.core.continual.ContinualKind;
import io.engram.core.continual.ContinualKinds;
import java.util.HashMap;
import java.util.Map;

/** Keys that come with what was added: a continual learner says itself which it has. Those of ours stand in the reference file too. */
final class AddedKeys {

  private AddedKeys() {}

  static Config all() {
    Map<String, Object> defaults = new HashMap<>();
    for (ContinualKind kind : ContinualKinds.all()) {
      kind.keys()
          .forEach(
              key ->
                  defaults.put("learner.%s.%s".formatted(kind.name(), key.name()), key.fallback()));
    }
    return ConfigFactory.parseMap(defaults, "default");
  }
}
