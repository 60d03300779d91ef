package io.engram.cli.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.engram.cli.source.SourceKinds;
import io.engram.core.continual.ContinualKinds;
import io.engram.core.kind.Key;
import io.engram.core.kind.Kind;
import io.engram.core.memory.DrawKind;
import io.engram.core.memory.MemoryPolicies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that kinds state themselves, whether they are ours or somebody added them: those of sources, of continual learners and of draws for
 * replay.
 *
 * @param kind who states them
 * @param section where they stand
 */
record KindKeys(Kind kind, String section) {

  static List<KindKeys> ofSources() {
    return SourceKinds.all().stream()
        .map(kind -> new KindKeys(kind, "source." + kind.name()))
        .toList();
  }

  static List<KindKeys> ofLearner() {
    List<KindKeys> all = new ArrayList<>();
    ContinualKinds.all().forEach(kind -> all.add(new KindKeys(kind, "learner." + kind.name())));
    for (DrawKind kind : MemoryPolicies.draws()) {
      String inner = kind.section();
      all.add(new KindKeys(kind, inner.isEmpty() ? "learner" : "learner." + inner));
    }
    return all;
  }

  /** All of them with their defaults. */
  static Config defaults() {
    Map<String, Object> defaults = new HashMap<>();
    for (List<KindKeys> kinds : List.of(ofSources(), ofLearner())) {
      for (KindKeys keys : kinds) {
        keys.kind().keys().forEach(key -> defaults.put(keys.full(key), key.fallback()));
      }
    }
    return ConfigFactory.parseMap(defaults, "default");
  }

  String full(Key key) {
    return section + "." + key.name();
  }
}
