package io.engram.client;

import io.engram.core.tables.Question;
import io.engram.core.tables.TableModel;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.Optional;

/** A model of tables with a support set. It is fitted anew to each question: ten rows cost less than to remember what they gave. */
record AdaptedTable(TableModel model, ExampleSet support) implements Adapted {

  @Override
  public <T> T outputs(float[] features, Reading<T> reading) {
    return outputs(one(features), reading);
  }

  private ExampleSet one(float[] features) {
    UserEpisodes.check(0, features, model.shape().columns(), "features");
    Targets none =
        support.targets() instanceof Targets.Values values
            ? new Targets.Values(values.width(), new float[values.width()])
            : new Targets.Classes(((Targets.Classes) support.targets()).ways(), new int[1]);
    return new ExampleSet(features.length, features, none);
  }

  @Override
  public Optional<Interval> interval(float[] features, double level) {
    Question question = model.ask(support, one(features));
    double[][][] experts = model.expertAnswers(question);
    double[] half = model.halfWidths(question, experts, level)[0];
    double[] answer = model.inStreamUnits(question, model.pooled(experts))[0];
    float[][] bounds = new float[3][half.length];
    for (int c = 0; c < half.length; c++) {
      if (!(half[c] > 0)) {
        return Optional.empty();
      }
      bounds[0][c] = (float) (answer[c] - half[c]);
      bounds[1][c] = (float) answer[c];
      bounds[2][c] = (float) (answer[c] + half[c]);
    }
    return Optional.of(new Interval(bounds[0], bounds[1], bounds[2], level));
  }

  @Override
  public <T> T outputs(ExampleSet query, Reading<T> reading) {
    double[][] answers = model.answer(model.ask(support, query));
    int width = model.shape().outputs();
    float[] outputs = new float[answers.length * width];
    for (int i = 0; i < outputs.length; i++) {
      double answer = answers[i / width][i % width];
      outputs[i] = (float) (model.shape().classes() ? Math.log(answer) : answer);
    }
    return reading.read(outputs, width);
  }
}
