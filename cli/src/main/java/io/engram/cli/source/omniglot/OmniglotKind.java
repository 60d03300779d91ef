package io.engram.cli.source.omniglot;

import io.engram.cli.source.LearnerChoice;
import io.engram.cli.source.OpenedSource;
import io.engram.cli.source.OpenedSource.Suggestion;
import io.engram.cli.source.SessionPlan;
import io.engram.cli.source.SourceKind;
import io.engram.cli.source.SourceRequest;
import io.engram.core.kind.Key;
import io.engram.core.kind.OutOfBounds;
import io.engram.core.kind.Values;
import io.engram.core.network.Head;
import io.engram.core.network.NetworkPresets;
import io.engram.core.network.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Handwritten characters, 5-way 1-shot by default. Public because it is found by its name. */
public final class OmniglotKind implements SourceKind {

  private static final int SIDE = 28;
  private static final int FILTERS = 64;
  private static final List<Integer> HIDDEN = List.of(100, 100);

  @Override
  public String name() {
    return "omniglot";
  }

  @Override
  public List<Key> keys() {
    return List.of(
        Key.of("data", "")
            .meaning("Directory with images_background.zip and images_evaluation.zip."),
        Key.of("download", false)
            .meaning("Fetch the archives into that directory if they are not there."),
        Key.of(
                "download-from",
                "https://raw.githubusercontent.com/brendenlake/omniglot/master/python/")
            .meaning("Where to fetch them from: the home of the data set."),
        Key.of("characters", "reptile")
            .meaning(
                "Characters to draw from: \"reptile\" for the 1,200 training characters of Reptile's published split (seed 0), or a file "
                    + "with one Alphabet/characterNN a line. The others are held out."));
  }

  @Override
  public Map<String, Object> preset() {
    return Map.of(
        "source.ways",
        5,
        "source.shots",
        1,
        "source.queries",
        15,
        // It learns far more from the same stream than first order, in about the same time
        // (docs/results.md). It comes with one inner step of 0.4 and learned step sizes; other
        // algorithms keep the defaults.
        "learner.algorithm",
        "maml",
        // Characters can be told apart whatever stands beside them.
        "learner.mix-classes",
        true);
  }

  @Override
  public OpenedSource open(SourceRequest request) {
    SessionPlan plan = request.sessions();
    OmniglotSource source =
        OmniglotSource.open(
            new OmniglotSource.Settings(
                data(request.values(), request.progress()),
                request.values().text("characters"),
                plan.ways(),
                plan.shots(),
                plan.queries(),
                plan.tasks(),
                plan.interleave(),
                request.seed()));
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put(
        "ingest.grouping.size",
        Suggestion.sessionSize(plan.ways() * (plan.shots() + plan.queries())));
    suggestions.put("ingest.split.shots", new Suggestion(plan.shots(), "source.shots"));
    suggestions.putAll(
        request.learner().continual()
            ? ofStream(source, request.learner())
            : ofTasks(plan.ways(), request.learner()));
    return new OpenedSource(source, suggestions);
  }

  private static Path data(Values values, Consumer<String> progress) {
    String directory = values.text("data");
    if (directory.isBlank()) {
      throw new OutOfBounds(
          "data",
          directory,
          "a directory with the Omniglot archives: --data DIR (--download fetches them)");
    }
    Path data = Path.of(directory);
    if (values.flag("download")) {
      new OmniglotDownload(home(values.text("download-from")), progress).into(data);
    }
    return data;
  }

  private static URI home(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new OutOfBounds("download-from", text, "an address: " + e.getMessage());
    }
  }

  private static Map<String, Suggestion> ofTasks(int ways, LearnerChoice learner) {
    Map<String, Suggestion> suggestions = new HashMap<>();
    suggestions.put(
        "learner.network",
        new Suggestion(
            NetworkPresets.conv4(new Shape.Image(1, SIDE, SIDE), FILTERS, ways).toString(),
            "the source's network"));
    if (learner.exactMaml()) {
      // First order needs several small steps; through one large step exact MAML learns far more
      // from the same stream.
      suggestions.put("learner.inner-steps", new Suggestion(1, learner.because()));
      suggestions.put("learner.inner-step-size", new Suggestion(0.4, learner.because()));
      suggestions.put("learner.learned-steps", new Suggestion("per-tensor", learner.because()));
    }
    if (learner.closedForm()) {
      suggestions.put("learner.meta-step", new Suggestion(0.002, learner.because()));
    }
    return suggestions;
  }

  /** Every turned character is a class for ever, with an output of its own. */
  private static Map<String, Suggestion> ofStream(OmniglotSource source, LearnerChoice learner) {
    String network =
        NetworkPresets.mlp(SIDE * SIDE, HIDDEN, source.classes(), Head.SOFTMAX_CROSS_ENTROPY)
            .toString();
    return Map.of(
        "learner.network", new Suggestion(network, learner.because()),
        "learner.label-space", new Suggestion("global", learner.because()));
  }
}
