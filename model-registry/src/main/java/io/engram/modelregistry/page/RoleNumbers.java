package io.engram.modelregistry.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** From the metrics of roles to what the page shows. The names stand in docs/operations.md. */
final class RoleNumbers {

  private static final Map<String, String> SCORES = new LinkedHashMap<>();

  static {
    SCORES.put("model", "learned model");
    SCORES.put("untrained", "untrained");
    SCORES.put("nearestNeighbour", "nearest neighbour");
    SCORES.put("supportMean", "support mean");
    SCORES.put("lastLabel", "last label");
    SCORES.put("threeNearest", "three nearest");
    SCORES.put("supportFit", "linear fit");
    SCORES.put("globalModel", "one linear model for all");
  }

  private RoleNumbers() {}

  /** How far they have come; a role that is not among them leaves its numbers unknown. */
  static Progress progress(MetricsText all) {
    return new Progress(
        all.count("engram_ingest_log_examples"),
        all.count("engram_ingest_log_rejected"),
        all.count("engram_ingest_open"),
        all.count("engram_learner_tasks_total"),
        all.count("engram_learner_memory_tasks"),
        all.count("engram_learner_meta_updates_total"),
        all.count("engram_ingest_lag"),
        all.count("engram_learner_lag"));
  }

  static List<Score> window(MetricsText all) {
    List<Score> scores = new ArrayList<>();
    SCORES.forEach(
        (key, words) -> {
          OptionalDouble value = all.sum("engram_learner_score_" + snake(key));
          value.ifPresent(it -> scores.add(new Score(key, words, it)));
        });
    return scores;
  }

  static List<Rejected> rejected(MetricsText all) {
    return all.by("engram_ingest_rejected_total", "reason").entrySet().stream()
        .filter(it -> it.getValue() > 0)
        .map(it -> new Rejected(it.getKey(), it.getValue().longValue(), ""))
        .sorted(
            Comparator.comparingLong(Rejected::count).reversed().thenComparing(Rejected::reason))
        .toList();
  }

  static @Nullable Live live(MetricsText all) {
    Long answered = all.count("engram_predict_answered");
    Long scored = all.count("engram_predict_scored");
    if (answered == null || answered == 0) {
      return null;
    }
    OptionalDouble score = all.sum("engram_predict_live_score");
    return new Live(
        answered,
        scored == null ? 0 : scored,
        score.isPresent() ? score.getAsDouble() : null,
        List.of());
  }

  private static String snake(String key) {
    return key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
