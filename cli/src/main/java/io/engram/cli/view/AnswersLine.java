package io.engram.cli.view;

import io.engram.model.Measure;
import io.engram.predict.PredictStatus;

/** What was answered to examples without a label, in a line. */
final class AnswersLine {

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
}
