package io.engram.engine.fused;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.MetaRule;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;
import java.util.Arrays;
import java.util.List;

/** What a program asks its crew to do. Each job is one object that is filled in anew for every call, so a call allocates nothing. */
final class Jobs {

  private Jobs() {}

  /** Item i: φ of episode i. */
  static final class Adapt implements Crew.Job {
    private final Circuit circuit;
    private final Worker[] workers;
    private final Recipe recipe;
    private final float[][] own;
    private List<Episode> episodes = List.of();
    private float[] theta = new float[0];
    private float[][] adapted = new float[0][];

    Adapt(Circuit circuit, Worker[] workers, Recipe recipe) {
      this.circuit = circuit;
      this.workers = workers;
      this.recipe = recipe;
      this.own = new float[workers.length][circuit.parameters.length()];
    }

    Adapt with(float[] newTheta, List<Episode> newEpisodes, float[][] newAdapted) {
      theta = newTheta;
      episodes = newEpisodes;
      adapted = newAdapted;
      return this;
    }

    @Override
    public void run(int worker, int item) {
      workers[worker].adapt(recipe, episodes.get(item), own[worker]);
      // First everything as in θ: the elements that are never trained must come along.
      System.arraycopy(theta, 0, adapted[item], 0, theta.length);
      circuit.parameters.scatter(own[worker], adapted[item]);
    }
  }

  /** Item i: contribution of episode i. */
  static final class Contribute implements Crew.Job {
    private final Worker[] workers;
    private final Recipe recipe;
    private final Contributions contributions;
    private List<Episode> episodes = List.of();
    private MetaRule rule = MetaRule.REPTILE;

    Contribute(Worker[] workers, Recipe recipe, Contributions contributions) {
      this.workers = workers;
      this.recipe = recipe;
      this.contributions = contributions;
    }

    Contribute with(List<Episode> newEpisodes, MetaRule newRule) {
      episodes = newEpisodes;
      rule = newRule;
      return this;
    }

    @Override
    public void run(int worker, int item) {
      double loss =
          workers[worker].contribute(
              recipe,
              episodes.get(item),
              rule,
              contributions.row(item),
              contributions.stepSizeRow(item));
      if (contributions.wantsMoments()) {
        workers[worker]
            .trajectory()
            .storeMoments(contributions.firstMoments(item), contributions.secondMoments(item));
      }
      contributions.judge(item, loss, workers[worker].check());
    }
  }

  /** Item i: the mean of stripe i of the parameters, and the moments after the batch where they are wanted. */
  static final class Reduce implements Crew.Job {
    private final Contributions contributions;
    private final Recipe recipe;
    private final float[] mean;
    private float[] first = new float[0];
    private float[] second = new float[0];

    Reduce(Contributions contributions, Recipe recipe, float[] mean) {
      this.contributions = contributions;
      this.recipe = recipe;
      this.mean = mean;
    }

    /** Makes room for moments, if they are wanted. */
    Reduce prepared() {
      if (contributions.wantsMoments() && first.length < mean.length) {
        first = new float[mean.length];
        second = new float[mean.length];
      }
      return this;
    }

    /** [trainable parameters] m after the batch, in the engine's order. */
    float[] firstMoments() {
      return first;
    }

    /** [trainable parameters] v after the batch, in the engine's order. */
    float[] secondMoments() {
      return second;
    }

    @Override
    public void run(int worker, int item) {
      contributions.reduceStripe(item, mean);
      if (contributions.wantsMoments()) {
        contributions.chainStripe(item, recipe, first, second);
      }
    }
  }

  /** Item i: outputs of a piece of some episode's query set. */
  static final class Predict implements Crew.Job {

    /**
     * Query examples predicted one at a time are handed out in pieces of this size, so that a single episode keeps all
     * workers busy.
     */
    private static final int PIECE = 8;

    private final Circuit circuit;
    private final Worker[] workers;
    private float[][] adapted = new float[0][];
    private List<Episode> episodes = List.of();
    private NormalizationMode mode = NormalizationMode.TRANSDUCTIVE;
    private List<Evaluation> results = List.of();
    private int[] episodeOf = new int[0];
    private int[] firstOf = new int[0];
    private int pieces;

    Predict(Circuit circuit, Worker[] workers) {
      this.circuit = circuit;
      this.workers = workers;
    }

    Predict with(
        float[][] newAdapted,
        List<Episode> newEpisodes,
        NormalizationMode newMode,
        List<Evaluation> newResults) {
      adapted = newAdapted;
      episodes = newEpisodes;
      mode = newMode;
      results = newResults;
      pieces = 0;
      for (int i = 0; i < episodes.size(); i++) {
        int queries = episodes.get(i).query().size();
        for (int first = 0; first < queries; first += piece(queries)) {
          add(i, first);
        }
      }
      return this;
    }

    int pieces() {
      return pieces;
    }

    @Override
    public void run(int worker, int item) {
      int i = episodeOf[item];
      int first = firstOf[item];
      int queries = episodes.get(i).query().size();
      workers[worker]
          .predictor()
          .predict(
              adapted[i],
              episodes.get(i),
              mode,
              first,
              Math.min(queries, first + piece(queries)),
              results.get(i).outputs());
    }

    private int piece(int queries) {
      return Predictor.together(circuit, mode) ? queries : PIECE;
    }

    private void add(int episode, int first) {
      if (pieces == episodeOf.length) {
        episodeOf = Arrays.copyOf(episodeOf, 2 * pieces + 16);
        firstOf = Arrays.copyOf(firstOf, episodeOf.length);
      }
      episodeOf[pieces] = episode;
      firstOf[pieces++] = first;
    }
  }
}
