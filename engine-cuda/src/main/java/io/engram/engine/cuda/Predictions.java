package io.engram.engine.cuda;

import io.engram.core.compute.episode.Evaluation;
import io.engram.core.compute.episode.NormalizationMode;
import io.engram.core.task.Episode;
import io.engram.core.task.ExampleSet;
import io.engram.engine.HeadLoss;
import io.engram.engine.cuda.device.Device;
import java.util.List;

/** Predicts query sets and scores them. */
final class Predictions {

  private final Device device;
  private final Circuit circuit;
  private final Plans plans;
  private final Room room;

  Predictions(Device device, Circuit circuit, Plans plans, Room room) {
    this.device = device;
    this.circuit = circuit;
    this.plans = plans;
    this.room = room;
  }

  void evaluate(
      float[][] adapted, List<Episode> episodes, NormalizationMode mode, List<Evaluation> results) {
    int width = circuit.network.outputs();
    for (int i = 0; i < episodes.size(); i++) {
      results.get(i).begin(episodes.get(i).query().size(), width);
    }
    if (mode == NormalizationMode.NON_TRANSDUCTIVE && circuit.batchDependent()) {
      for (int i = 0; i < episodes.size(); i++) {
        predictOneByOne(adapted[i], episodes.get(i), results.get(i).outputs());
      }
    } else {
      predictTogether(adapted, episodes, results);
    }
    for (int i = 0; i < episodes.size(); i++) {
      finish(episodes.get(i).query(), results.get(i));
    }
  }

  private void predictTogether(
      float[][] adapted, List<Episode> episodes, List<Evaluation> results) {
    List<Episode> queries =
        episodes.stream().map(e -> new Episode(e.support(), e.query(), 0)).toList();
    Groups groups = Groups.of(queries, true);
    int slot = 0;
    for (GroupShape group : groups.shapes()) {
      for (int done = 0; done < group.tasks(); ) {
        int now =
            group.query() == 0
                ? group.tasks()
                : Math.min(room(group.tasks(), group.query(), false), group.tasks() - done);
        if (group.query() > 0) {
          predict(adapted, episodes, groups.episodes(), slot, now, group.query(), results);
        }
        slot += now;
        done += now;
      }
    }
  }

  private void predict(
      float[][] adapted,
      List<Episode> episodes,
      int[] order,
      int slot,
      int count,
      int examples,
      List<Evaluation> results) {
    PredictPlan plan = predictPlan(new PredictPlan.Shape(count, examples, false));
    var parameters = plan.parameters();
    var inputs = plan.inputs();
    for (int t = 0; t < count; t++) {
      parameters.put(adapted[order[slot + t]]);
      inputs.put(episodes.get(order[slot + t]).query().inputs());
    }
    plan.start();
    device.await();
    var outputs = plan.outputs();
    int length = examples * circuit.network.outputs();
    for (int t = 0; t < count; t++) {
      outputs.get(results.get(order[slot + t]).outputs(), 0, length);
    }
  }

  /** Each query example behind the support set, all of them side by side. */
  private void predictOneByOne(float[] phi, Episode episode, float[] outputs) {
    ExampleSet support = episode.support();
    ExampleSet query = episode.query();
    int rows = support.size() + 1;
    int features = support.inputSize();
    int width = circuit.network.outputs();
    float[] all = new float[rows * width];
    for (int done = 0; done < query.size(); ) {
      int now = Math.min(room(query.size(), rows, true), query.size() - done);
      PredictPlan plan = predictPlan(new PredictPlan.Shape(now, rows, true));
      plan.parameters().put(phi);
      var inputs = plan.inputs();
      for (int i = 0; i < now; i++) {
        inputs.put(support.inputs());
        inputs.put(query.inputs(), (done + i) * features, features);
      }
      plan.start();
      device.await();
      var from = plan.outputs();
      for (int i = 0; i < now; i++) {
        from.get(all);
        System.arraycopy(all, (rows - 1) * width, outputs, (done + i) * width, width);
      }
      done += now;
    }
  }

  private PredictPlan predictPlan(PredictPlan.Shape shape) {
    return plans.plan(PredictPlan.class, shape, () -> new PredictPlan(circuit, shape, device));
  }

  private int room(int batches, int examples, boolean shared) {
    return room.togetherOf(
        new PredictPlan.Shape(batches, examples, shared),
        batches,
        n -> {
          PredictPlan.Shape shape = new PredictPlan.Shape(n, examples, shared);
          try (PredictPlan plan = new PredictPlan(circuit, shape, null)) {
            return plan.bytes();
          }
        });
  }

  private void finish(ExampleSet query, Evaluation result) {
    if (query.size() == 0) {
      result.finish(Double.NaN, Double.NaN);
      return;
    }
    int width = circuit.network.outputs();
    float[] outputs = result.outputs();
    double loss =
        HeadLoss.gradient(outputs, width, query.targets(), new float[query.size() * width]);
    result.finish(loss, HeadLoss.score(outputs, width, query.targets()));
  }
}
