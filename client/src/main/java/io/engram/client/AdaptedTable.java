package io.engram.client;

import io.engram.core.tables.TableModel;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;

/** A model of tables with a support set. It is fitted anew to each question: ten rows cost less than to remember what they gave. */
record AdaptedTable(TableModel model, ExampleSet support) implements Adapted {

  @Override
  public <T> T outputs(float[] features, Reading<T> reading) {
    UserEpisodes.check(0, features, model.shape().columns(), "features");
    Targets none =
        support.targets() instanceof Targets.Values values
            ? new Targets.Values(values.width(), new float[values.width()])
            : new Targets.Classes(((Targets.Classes) support.targets()).ways(), new int[1]);
    return outputs(new ExampleSet(features.length, features, none), reading);
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
