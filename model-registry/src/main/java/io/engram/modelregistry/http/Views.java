package io.engram.modelregistry.http;

import io.engram.model.ManifestFields;
import io.engram.modelregistry.image.Change;
import io.engram.modelregistry.image.ModelEvent;
import io.engram.modelregistry.image.ModelImage;
import io.engram.modelregistry.image.RegisteredVersion;
import io.engram.modelregistry.image.Reign;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The JSON of the registry's nouns, as ordered maps. */
final class Views {

  private Views() {}

  static Map<String, Object> model(ModelImage model) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(RegistryFields.NAME, model.name());
    view.put(RegistryFields.CHAMPION, nullable(model.champion()));
    view.put(RegistryFields.VERSIONS, model.newest());
    view.put(RegistryFields.PINNED, model.succession().pinned());
    view.put(RegistryFields.ALIASES, aliases(model));
    view.put("withdrawn", new TreeSet<>(model.succession().withdrawn()));
    view.put("rollbackTo", model.succession().predecessors());
    view.put("refusals", model.chronicle().refusals());
    view.put("rejections", model.chronicle().rejections());
    return view;
  }

  /** A version in a list. */
  static Map<String, Object> row(ModelImage model, RegisteredVersion version) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put(ManifestFields.VERSION, version.version());
    view.put(RegistryFields.CHAMPION, OptionalLong.of(version.version()).equals(model.champion()));
    view.put(ManifestFields.CANDIDATE_ID, version.candidateId());
    view.put(RegistryFields.REGISTERED_AT, version.registeredAt().toString());
    view.put(ManifestFields.METRICS, new TreeMap<>(version.manifest().getMetrics()));
    view.put(ManifestFields.TASKS, version.manifest().getLineage().getTasks());
    view.put(ManifestFields.META_UPDATES, version.manifest().getLineage().getMetaUpdates());
    view.put("parametersKept", version.parametersKept());
    view.put(RegistryFields.TAGS, version.tags());
    return view;
  }

  /** A version as a point of a chart. */
  static Map<String, Object> score(RegisteredVersion version, VersionStates.State state) {
    return ordered(
        ManifestFields.VERSION,
        version.version(),
        RegistryFields.STATE,
        state,
        ManifestFields.METRICS,
        new TreeMap<>(version.manifest().getMetrics()));
  }

  /** All that is known about a version. */
  static Map<String, Object> version(ModelImage model, RegisteredVersion version) {
    Map<String, Object> view = row(model, version);
    view.putAll(ManifestFields.detail(version.manifest()));
    return view;
  }

  /**
   * An entry of the history.
   *
   * @param sequence its number among the model's events, from 1
   */
  static Map<String, Object> event(ModelEvent event, long sequence) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("sequence", sequence);
    view.put(RegistryFields.AT, event.at().toString());
    view.put(ManifestFields.MODEL, event.model());
    view.put(RegistryFields.KIND, event.change().getClass().getSimpleName());
    view.put(RegistryFields.ACTOR, event.actor());
    view.put(RegistryFields.REASON, event.reason());
    view.putAll(change(event.change()));
    return view;
  }

  private static Map<String, Object> change(Change change) {
    if (change instanceof Change.Registered c) {
      return ordered(
          ManifestFields.VERSION,
          c.version(),
          ManifestFields.CANDIDATE_ID,
          c.manifest().getCandidateId());
    } else if (change instanceof Change.Rejected c) {
      return ordered(ManifestFields.CANDIDATE_ID, c.candidateId());
    } else if (change instanceof Change.Promoted c) {
      return ordered(
          ManifestFields.VERSION,
          c.version(),
          "previous",
          nullable(c.previous()),
          "numbers",
          c.numbers());
    } else if (change instanceof Change.Refused c) {
      return ordered(
          ManifestFields.VERSION,
          c.version(),
          RegistryFields.CHAMPION,
          nullable(c.champion()),
          "rule",
          c.rule(),
          "numbers",
          c.numbers());
    } else if (change instanceof Change.RolledBack c) {
      return ordered(ManifestFields.VERSION, c.to(), "previous", c.from());
    } else if (change instanceof Change.AliasSet c) {
      return ordered("alias", c.alias(), ManifestFields.VERSION, c.version());
    } else if (change instanceof Change.AliasRemoved c) {
      return ordered("alias", c.alias());
    } else if (change instanceof Change.Pinned c) {
      return ordered(ManifestFields.VERSION, c.version());
    } else if (change instanceof Change.Unpinned c) {
      return ordered(ManifestFields.VERSION, c.version());
    } else if (change instanceof Change.Tagged c) {
      return ordered(ManifestFields.VERSION, c.version(), "tag", c.tag(), "value", c.value());
    } else if (change instanceof Change.Untagged c) {
      return ordered(ManifestFields.VERSION, c.version(), "tag", c.tag());
    } else if (change instanceof Change.ParametersDropped c) {
      return ordered(RegistryFields.VERSIONS, c.versions());
    }
    throw new IllegalStateException("nobody knows how to show " + change);
  }

  /** Who ruled when: the champions, each until the next. */
  static List<Map<String, Object>> reigns(ModelImage model) {
    List<Map<String, Object>> views = new ArrayList<>();
    for (int i = 0; i < model.succession().reigns().size(); i++) {
      Reign reign = model.succession().reigns().get(i);
      boolean over = i + 1 < model.succession().reigns().size();
      views.add(
          ordered(
              ManifestFields.VERSION,
              reign.version(),
              RegistryFields.SINCE,
              reign.since().toString(),
              "until",
              over ? model.succession().reigns().get(i + 1).since().toString() : null,
              RegistryFields.HOW,
              reign.how().name(),
              RegistryFields.BY,
              reign.by(),
              RegistryFields.REASON,
              reign.reason()));
    }
    return views;
  }

  /**
   * Two versions side by side; what they have in common is left out of {@code lineage}.
   *
   * @param distances norm of the difference by tensor; empty where bytes are no longer kept
   */
  static Map<String, Object> comparison(
      ModelImage model, RegisteredVersion a, RegisteredVersion b, Map<String, Double> distances) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>(a.manifest().getMetrics().keySet());
    names.addAll(b.manifest().getMetrics().keySet());
    for (String name : names) {
      Double first = a.manifest().getMetrics().get(name);
      Double second = b.manifest().getMetrics().get(name);
      Double change = first == null || second == null ? null : second - first;
      metrics.put(
          name,
          ordered(
              RegistryFields.A, first, RegistryFields.B, second, RegistryFields.CHANGE, change));
    }
    Map<String, Object> differing = new LinkedHashMap<>();
    Map<String, Object> first = ManifestFields.lineage(a.manifest().getLineage());
    Map<String, Object> second = ManifestFields.lineage(b.manifest().getLineage());
    first.forEach(
        (name, value) -> {
          if (!Objects.equals(value, second.get(name))) {
            differing.put(
                name, ordered(RegistryFields.A, value, RegistryFields.B, second.get(name)));
          }
        });
    return ordered(
        ManifestFields.MODEL,
        model.name(),
        RegistryFields.A,
        a.version(),
        RegistryFields.B,
        b.version(),
        "sameNetwork",
        a.manifest().getNetwork().equals(b.manifest().getNetwork()),
        "bDescendsFromA",
        model.ancestry(b).contains(a),
        ManifestFields.METRICS,
        metrics,
        ManifestFields.LINEAGE,
        differing,
        RegistryFields.DISTANCES,
        distances);
  }

  private static Map<String, Long> aliases(ModelImage model) {
    Map<String, Long> aliases = new TreeMap<>(model.aliases());
    model.champion().ifPresent(version -> aliases.put(ModelImage.CHAMPION, version));
    aliases.put(ModelImage.CANDIDATE, model.newest());
    return aliases;
  }

  private static @Nullable Long nullable(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  static Map<String, Object> ordered(@Nullable Object... namesAndValues) {
    Map<String, Object> view = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      view.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
    }
    return view;
  }
}
