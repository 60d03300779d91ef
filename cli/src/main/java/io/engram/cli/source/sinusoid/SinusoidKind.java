package io.engram.cli.source.sinusoid;

import io.engram.cli.source.LearnerChoice;
import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.SessionPlan;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.kind.Values;
import io.engram.core.network.NetworkPresets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sine waves, without end and without any data. Public because it is found by its name. */
public final class SinusoidKind implements SourceKind {

  @Override
  public String name() {
    return "sinusoid";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of("drift-period", 2000L)
            .meaning(
                "Sessions until the drifting window of waves is back where it was; 0 for no drift. Slow against the learner's groups."));
  }

  /** The network of the MAML paper is regressed on raw values, its inner step is small. */
  @Override
  public Map<String, Object> preset() {
    Map<String, Object> preset = new HashMap<>();
    preset.put("source.shots", 10);
    preset.put("source.queries", 10);
    // A third of first order's error on the same stream (docs/results.md). It comes with learned
    // step sizes and a meta-step of 0.002.
    preset.put("learner.algorithm", "maml");
    preset.put("learner.zero-head", false);
    preset.put("learner.inner-steps", 5);
    preset.put("learner.inner-step-size", 0.01);
    // Tasks this small cost next to nothing: more outer steps for each group learn far more from
    // the same stream.
    preset.put("learner.outer-steps", 8);
    preset.put("learner.meta-step", 0.003);
    preset.put("learner.train-queries", 0);
    return preset;
  }

  @Override
  public Optional<String> withoutClasses(Values values) {
    return Optional.of("sine waves have values");
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    SessionPlan plan = request.sessions();
    SinusoidSessions sessions =
        new SinusoidSessions(
            plan.shots(), plan.queries(), request.values().wide("drift-period"), request.seed());
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put("ingest.grouping.size", Suggestion.sessionSize(sessions.examplesPerSession()));
    suggestions.put("ingest.split.support", new Suggestion(plan.shots(), "source.shots"));
    suggestions.put(
        "learner.network",
        new Suggestion(NetworkPresets.sinusoid().toString(), "the source's network"));
    LearnerChoice learner = request.learner();
    if (learner.exactMaml()) {
      suggestions.put("learner.learned-steps", new Suggestion("per-tensor", learner.because()));
      suggestions.put("learner.meta-step", new Suggestion(0.002, learner.because()));
    }
    return new OpenedSource(request.send(sessions), suggestions);
  }
}
