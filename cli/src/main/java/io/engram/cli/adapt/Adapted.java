package io.engram.cli.adapt;

import io.engram.cli.source.SourceException;
import io.engram.client.Classifier;
import io.engram.client.Model;
import io.engram.client.ModelSubscription;
import io.engram.client.Prediction;
import io.engram.client.Regressor;
import io.engram.client.SupportSet;
import io.engram.core.network.Head;
import io.engram.model.Measure;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model adapted to either kind of support set, answering in words. */
sealed interface Adapted {

  /**
   * What is said about one example.
   *
   * @param text the class, or the number
   * @param probabilities by class; empty for a number
   */
  record Answer(String text, Map<String, Float> probabilities) {}

  /** The version it was adapted from. */
  Model model();

  Answer predict(float[] features);

  /** How well an answer fits what is true: 1 or 0 for a class, the squared error for a number. */
  double score(Answer answer, String actual);

  /** What the mean of the scores measures. */
  Measure measure();

  /** Examples it was adapted on, those of similar tasks among them. */
  int examples();

  /** Adapts the newest version to the support rows, as its head wants them, and to earlier tasks like them if there are any. */
  static Adapted of(
      ModelSubscription subscription,
      Model model,
      FewShotTables tables,
      @Nullable EarlierRows earlier) {
    tables.requireFeatures(model.toString(), model.network().input().size());
    if (model.network().head() != Head.MEAN_SQUARED_ERROR) {
      SupportSet.Labeled support = tables.supportLabeled();
      return new Classes(
          earlier == null
              ? subscription.adapt(support)
              : subscription.adapt(support, earlier.similar(tables, false)));
    }
    if (model.network().outputs() != 1) {
      throw new SourceException(
          "%s predicts %d numbers at once; a label column holds one"
              .formatted(model, model.network().outputs()));
    }
    SupportSet.Measured support = tables.supportMeasured();
    return new Numbers(
        earlier == null
            ? subscription.adapt(support)
            : subscription.adapt(support, earlier.similar(tables, true)),
        tables);
  }

  /** Tells classes apart. */
  record Classes(Classifier classifier) implements Adapted {

    @Override
    public Model model() {
      return classifier.model();
    }

    @Override
    public int examples() {
      return classifier.support().size();
    }

    @Override
    public Answer predict(float[] features) {
      Prediction prediction = classifier.predict(features);
      Map<String, Float> probabilities = new LinkedHashMap<>();
      for (int i = 0; i < prediction.classes().size(); i++) {
        probabilities.put(prediction.classes().get(i), prediction.probabilities()[i]);
      }
      return new Answer(prediction.label(), probabilities);
    }

    @Override
    public double score(Answer answer, String actual) {
      return answer.text().equals(actual) ? 1 : 0;
    }

    @Override
    public Measure measure() {
      return Measure.ACCURACY;
    }
  }

  /** Predicts a number. */
  record Numbers(Regressor regressor, FewShotTables tables) implements Adapted {

    @Override
    public Model model() {
      return regressor.model();
    }

    @Override
    public int examples() {
      return regressor.support().size();
    }

    @Override
    public Answer predict(float[] features) {
      return new Answer(tables.words(regressor.predict(features)[0]), Map.of());
    }

    @Override
    public double score(Answer answer, String actual) {
      double error = Double.parseDouble(answer.text()) - tables.number(actual);
      return error * error;
    }

    @Override
    public Measure measure() {
      return Measure.SQUARED_ERROR;
    }
  }
}
