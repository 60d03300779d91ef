package io.engram.experiments.lifelong.live;

import io.engram.client.Classifier;
import io.engram.client.ModelSubscription;
import io.engram.client.Prediction;
import io.engram.client.SupportSet;
import io.engram.core.evaluation.NearestNeighbour;
import io.engram.core.random.RandomStream;
import io.engram.core.random.Seeds;
import io.engram.core.random.Seeds.Purpose;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.experiments.lifelong.live.FewShot.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The same few-shot questions about every alphabet at every sitting, asked about drawings that are kept out of the stream. The model is
 * adapted by the client, as a user's program does.
 */
final class Exam {

  private final Alphabets alphabets;
  private final FewShot task;
  private final int questions;
  private final long seed;

  /**
   * An exam.
   *
   * @param questions tasks about each alphabet
   */
  Exam(Alphabets alphabets, FewShot task, int questions, long seed) {
    this.alphabets = alphabets;
    this.task = task;
    this.questions = questions;
    this.seed = seed;
  }

  /** Question {@code number} about an alphabet; always the same. */
  List<Shown> question(String alphabet, int number) {
    int place = alphabets.names().indexOf(alphabet);
    RandomStream random =
        new RandomStream(Seeds.derive(seed, Purpose.STREAM, Long.MIN_VALUE, place, number));
    return task.draw(
        alphabets.charactersOf(alphabet), Alphabets.LEARNED, Alphabets.KEPT_BACK, random);
  }

  /** Percent right of each question, by alphabet, with the version that is held now. */
  Map<String, double[]> sit(ModelSubscription model) {
    Map<String, double[]> scores = new TreeMap<>();
    for (String alphabet : alphabets.names()) {
      double[] each = new double[questions];
      for (int number = 0; number < questions; number++) {
        each[number] = answer(model, question(alphabet, number));
      }
      scores.put(alphabet, each);
    }
    return scores;
  }

  /** Percent right of every question about these alphabets by the pixels alone, without any model. */
  double[] nearestNeighbour(List<String> names) {
    return names.stream()
        .flatMapToDouble(
            name ->
                IntStream.range(0, questions)
                    .mapToDouble(number -> byPixels(question(name, number))))
        .toArray();
  }

  /** Every question about these alphabets, as the compute port takes them. */
  List<Episode> episodes(List<String> names) {
    return names.stream()
        .flatMap(
            name ->
                IntStream.range(0, questions).mapToObj(number -> episode(question(name, number))))
        .toList();
  }

  private double byPixels(List<Shown> question) {
    return 100 * NearestNeighbour.accuracy(episode(question));
  }

  private Episode episode(List<Shown> question) {
    List<String> classes = question.stream().map(Shown::character).distinct().toList();
    ExampleSet support = examples(question.stream().filter(Shown::support).toList(), classes);
    ExampleSet query =
        examples(question.stream().filter(shown -> !shown.support()).toList(), classes);
    return new Episode(support, query, seed);
  }

  private ExampleSet examples(List<Shown> drawings, List<String> classes) {
    List<float[]> rows = features(drawings);
    int size = rows.get(0).length;
    float[] inputs = new float[rows.size() * size];
    for (int i = 0; i < rows.size(); i++) {
      System.arraycopy(rows.get(i), 0, inputs, i * size, size);
    }
    int[] labels =
        drawings.stream().mapToInt(shown -> classes.indexOf(shown.character())).toArray();
    return new ExampleSet(size, inputs, new Targets.Classes(classes.size(), labels));
  }

  private double answer(ModelSubscription model, List<Shown> question) {
    List<Shown> support = question.stream().filter(Shown::support).toList();
    List<Shown> query = question.stream().filter(shown -> !shown.support()).toList();
    Classifier classifier =
        model.adapt(
            new SupportSet.Labeled(
                features(support), support.stream().map(Shown::character).toList()));
    List<Prediction> predictions = classifier.predictAll(features(query));
    int right = 0;
    for (int i = 0; i < query.size(); i++) {
      right += predictions.get(i).label().equals(query.get(i).character()) ? 1 : 0;
    }
    return 100.0 * right / query.size();
  }

  private List<float[]> features(List<Shown> drawings) {
    List<float[]> rows = new ArrayList<>(drawings.size());
    for (Shown shown : drawings) {
      byte[] levels = alphabets.drawings().of(shown.character(), shown.drawer());
      float[] row = new float[levels.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (levels[i] & 0xFF) / 255f;
      }
      rows.add(row);
    }
    return rows;
  }
}
