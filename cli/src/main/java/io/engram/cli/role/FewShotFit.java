package io.engram.cli.role;

import io.engram.client.FewShots;
import io.engram.client.Model;
import io.engram.modelregistry.serving.FewShotQuestion;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether a question fits a version, said in the words of the question. */
final class FewShotFit {

  private static final Set<Double> LEVELS = Set.of(0.5, 0.8, 0.9, 0.95);

  private FewShotFit() {}

  /** Where it does not, what was found and what is expected. */
  static Optional<String> problem(Model model, FewShotQuestion question) {
    int features = model.network().input().size();
    return kind(model, question.support())
        .or(() -> level(model, question))
        .or(() -> widths("support", question.support().features(), features, "features"))
        .or(() -> targets(model, question.support()))
        .or(() -> widths("questions", question.questions(), features, "features"));
  }

  private static Optional<String> kind(Model model, FewShotQuestion.Support support) {
    if (support instanceof FewShotQuestion.NoRows) {
      return model.usableAsItIs()
          ? Optional.empty()
          : Optional.of(
              "support: found no rows, expected at least 1: %s has to be adapted".formatted(model));
    }
    boolean labeled = support instanceof FewShotQuestion.Labeled;
    if (labeled == FewShots.classifies(model)) {
      return Optional.empty();
    }
    return Optional.of(
        labeled
            ? "support[0].label: found a text, expected a number: %s predicts numbers"
                .formatted(model)
            : "support[0].label: found a number, expected a text: %s tells classes apart"
                .formatted(model));
  }

  private static Optional<String> level(Model model, FewShotQuestion question) {
    if (question.level().isEmpty()) {
      return Optional.empty();
    }
    double level = question.level().getAsDouble();
    if (FewShots.classifies(model)) {
      return Optional.of(
          "level: found %s, expected none: classes are answered with probabilities"
              .formatted(level));
    }
    return LEVELS.contains(level)
        ? Optional.empty()
        : Optional.of("level: found %s, expected 0.5, 0.8, 0.9 or 0.95".formatted(level));
  }

  private static Optional<String> targets(Model model, FewShotQuestion.Support support) {
    return support instanceof FewShotQuestion.Measured rows
        ? widths("support", rows.targets(), model.network().outputs(), "numbers in its label")
        : Optional.empty();
  }

  private static Optional<String> widths(
      String rows, List<float[]> found, int expected, String what) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).length != expected) {
        return Optional.of(
            "%s[%d]: %d %s, expected %d".formatted(rows, i, found.get(i).length, what, expected));
      }
    }
    return Optional.empty();
  }
}
