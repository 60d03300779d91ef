package io.engram.predict.adapt;

import io.engram.client.AdaptationException;
import io.engram.client.Classifier;
import io.engram.client.Interval;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.client.Prediction;
import io.engram.client.Regressor;
import io.engram.client.SupportSet;
import io.engram.predict.domain.SimpleAnswer;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.AnswerInterval;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.NumberAnswer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version adapted to a key's rows.
 *
 * @param seen labeled examples of the key that had come
 * @param support of those, the ones it was adapted on
 * @param simple what the simple thing answers on the same rows
 */
record Fitted(Model model, long seen, int support, @Nullable Object simple, Way way) {

  /** How it answers. */
  @FunctionalInterface
  private interface Way {

    /** The outcome for one example's features. */
    Object answer(float[] features);
  }

  /** Adapts; what cannot be adapted answers why. */
  static Fitted to(
      ModelSubscription subscription,
      Model model,
      long seen,
      List<LabeledExample> rows,
      double level) {
    Object simple = SimpleAnswer.of(rows);
    try {
      if (model.labelSpace() == LabelSpace.NONE) {
        SupportSet.Measured support = SupportRows.measured(model, rows);
        if (support.size() == 0 && !model.usableAsItIs()) {
          return none(model, seen, simple, nothingToAdaptOn(rows));
        }
        Regressor regressor = subscription.adapt(model, support);
        return new Fitted(
            model, seen, support.size(), simple, features -> numbers(regressor, features, level));
      }
      SupportSet.Labeled support = SupportRows.labeled(model, rows);
      if (support.size() == 0 && !model.usableAsItIs()) {
        return none(model, seen, simple, nothingToAdaptOn(rows));
      }
      Classifier classifier = subscription.adapt(model, support);
      return new Fitted(
          model, seen, support.size(), simple, features -> classes(classifier, features));
    } catch (AdaptationException | IllegalArgumentException e) {
      return none(model, seen, simple, String.valueOf(e.getMessage()));
    }
  }

  private static String nothingToAdaptOn(List<LabeledExample> rows) {
    return rows.isEmpty()
        ? "no labeled example of this key has come yet: the model has to be adapted to at least 1"
        : "none of the %d newest labeled examples of this key fits the model"
            .formatted(rows.size());
  }

  private static Fitted none(Model model, long seen, @Nullable Object simple, String reason) {
    NoAnswer answer = new NoAnswer(reason);
    return new Fitted(model, seen, 0, simple, features -> answer);
  }

  /** The outcome for one example's features. */
  Object answer(float[] features) {
    try {
      return way.answer(features);
    } catch (AdaptationException | IllegalArgumentException e) {
      return new NoAnswer(String.valueOf(e.getMessage()));
    }
  }

  private static ClassAnswer classes(Classifier classifier, float[] features) {
    Prediction prediction = classifier.predict(features);
    float[] probabilities = prediction.probabilities();
    return new ClassAnswer(
        prediction.label(),
        prediction.classes(),
        Tensors.float32(probabilities, probabilities.length));
  }

  private static NumberAnswer numbers(Regressor regressor, float[] features, double level) {
    float[] values = regressor.predict(features);
    Optional<Interval> interval =
        values.length == 1 ? regressor.interval(features, level) : Optional.empty();
    return new NumberAnswer(
        Tensors.float32(values, values.length),
        interval
            .map(it -> new AnswerInterval(it.level(), it.lower()[0], it.upper()[0]))
            .orElse(null));
  }
}
