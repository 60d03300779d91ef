package io.engram.client;

import io.engram.core.network.NetworkSpec;
import io.engram.core.random.RandomStream;
import io.engram.core.tables.TableFit;
import io.engram.core.tables.TableModel;
import io.engram.core.tables.TableScale;
import io.engram.core.tables.TableShape;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import io.engram.model.Adaptation;
import io.engram.model.Version;
import io.engram.schemas.avro.LabelSpace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Versions of the learner of tables: fitted to made-up tasks; trust, widths and corrections are drawn, so that none is 0. */
final class PythonTables {

  private static final int TASKS = 30;
  private static final int ROWS = 8;

  private PythonTables() {}

  static List<PythonCases.Case> all() {
    return List.of(
        of(11, "input(4) dense(1) mse", List.of()),
        of(12, "input(70) dense(2) mse", List.of()),
        of(13, "input(3) dense(2) softmax", List.of("yes", "no")),
        of(14, "input(5) dense(4) softmax", List.of("a", "b", "c", "d")),
        of(17, "input(4) dense(2) mse", List.of()).alone(),
        of(18, "input(3) dense(3) softmax", List.of("x", "y", "z")).alone());
  }

  private static PythonCases.Case of(int seed, String text, List<String> classes) {
    NetworkSpec network = NetworkSpec.parse(text);
    TableModel model = model(TableShape.of(network), new RandomStream(seed));
    LabelSpace space = classes.isEmpty() ? LabelSpace.NONE : LabelSpace.GLOBAL;
    Version version =
        new Version(
            new Version.Name("m", seed, Instant.EPOCH),
            network,
            new Version.Labels(space, classes),
            new Adaptation.ByTable(model),
            new Version.Weights(model.linear(), null, null),
            Map.of(),
            PythonCases.lineage(seed));
    return new PythonCases.Case(version, 9, classes.isEmpty() ? classes : classes.subList(0, 2));
  }

  private static TableModel model(TableShape shape, RandomStream random) {
    TableFit fit = new TableFit(shape);
    List<ExampleSet> sets = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      double level = random.nextGaussian();
      sets.add(rows(shape, level, random));
      sets.add(rows(shape, level, random));
    }
    TableScale scale = fit.scale(sets, TASKS);
    List<TableFit.Lesson> lessons = new ArrayList<>();
    for (int at = 0; at < sets.size(); at += 2) {
      lessons.add(fit.lesson(scale, sets.get(at), sets.get(at + 1)));
    }
    float[] flat = fit.fit(TableModel.untrained(shape), scale, lessons, 5).flat();
    // At its end stand trust, widths and corrections.
    int corrections = 2 * shape.outputs() * (Math.min(64, shape.columns()) + 1);
    int drawn = shape.experts().size() + 4 + TableModel.levels().size() + corrections;
    for (int i = flat.length - drawn; i < flat.length; i++) {
      flat[i] = (float) (0.02 + 0.15 * random.nextDouble());
    }
    return TableModel.of(shape, flat);
  }

  /** Rows whose labels follow from their first column and a level of the task's own. */
  private static ExampleSet rows(TableShape shape, double level, RandomStream random) {
    float[] inputs = new float[ROWS * shape.columns()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) (3 + 2 * random.nextGaussian());
    }
    float[] labels = new float[ROWS * shape.outputs()];
    int[] classes = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      double said = level + inputs[i * shape.columns()] + random.nextGaussian();
      classes[i] = Math.floorMod(Math.round((float) said), shape.outputs());
      for (int c = 0; c < shape.outputs(); c++) {
        labels[i * shape.outputs() + c] = (float) (said * (c + 1) + random.nextGaussian());
      }
    }
    return new ExampleSet(
        shape.columns(),
        inputs,
        shape.classes()
            ? new Targets.Classes(shape.outputs(), classes)
            : new Targets.Values(shape.outputs(), labels));
  }
}
