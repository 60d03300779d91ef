package io.engram.client;

import io.engram.core.tables.TableModel;
import io.engram.core.task.ExampleSet;
import java.util.Arrays;

/** A model of tables for a task that nothing is known of. */
record TableAlone(TableModel model) implements Adapted {

  @Override
  public <T> T outputs(float[] features, Reading<T> reading) {
    UserEpisodes.check(0, features, model.shape().columns(), "features");
    float[] outputs = new float[model.shape().outputs()];
    answer(features, outputs, 0);
    return reading.read(outputs, outputs.length);
  }

  @Override
  public <T> T outputs(ExampleSet query, Reading<T> reading) {
    int width = model.shape().outputs();
    int columns = query.inputSize();
    float[] outputs = new float[query.size() * width];
    for (int i = 0; i < query.size(); i++) {
      answer(
          Arrays.copyOfRange(query.inputs(), i * columns, (i + 1) * columns), outputs, i * width);
    }
    return reading.read(outputs, width);
  }

  private void answer(float[] row, float[] outputs, int at) {
    double[] answer = model.answerAlone(row);
    for (int c = 0; c < answer.length; c++) {
      outputs[at + c] = (float) (model.shape().classes() ? Math.log(answer[c]) : answer[c]);
    }
  }
}
