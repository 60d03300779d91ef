package io.engram.cli.view;

import io.engram.model.Measure;
import io.engram.predict.PredictStatus;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was answered to examples without a label, in a line. */
final class AnswersLine {

  private static final int KEYS = 3;

  private AnswersLine() {}

  /** How many, how good those were whose labels have come, and what the simple thing would have got. */
  static String of(PredictStatus answers, Measure measure) {
    StringBuilder line = new StringBuilder(Words.count(answers.answered()));
    if (answers.unanswerable() > 0) {
      line.append(" · %s without an answer".formatted(Words.count(answers.unanswerable())));
    }
    if (answers.waiting() > 0) {
      line.append(" · %s wait for a version".formatted(Words.count(answers.waiting())));
    }
    if (answers.scored() > 0) {
      line.append(
          " · %s %s of the %s whose labels came"
              .formatted(
                  measure.words(), measure.format(answers.score()), Words.count(answers.scored())));
    }
    if (Double.isFinite(answers.simple())) {
      line.append(" · commonest class or mean %s".formatted(measure.format(answers.simple())));
    }
    return line.toString();
  }

  /** The keys that would have been better served by the simple thing. */
  static Optional<String> behind(PredictStatus answers, Measure measure) {
    return answers.behind().isEmpty()
        ? Optional.empty()
        : Optional.of(
            "answers worse than commonest class or mean: "
                + answers.behind().stream()
                    .limit(KEYS)
                    .map(
                        key ->
                            "%s %s beside %s (%s answers)"
                                .formatted(
                                    key.key(),
                                    measure.format(key.score()),
                                    measure.format(key.simple()),
                                    Words.count(key.answers())))
                    .collect(Collectors.joining(" · ")));
  }
}
