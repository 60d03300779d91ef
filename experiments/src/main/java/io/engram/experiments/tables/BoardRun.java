package io.engram.experiments.tables;

import io.engram.core.baseline.Answers;
import io.engram.core.baseline.Board;
import io.engram.core.baseline.Expert;
import java.util.List;

/** Shows a stream to two boards: the usual one, and one with boosted trees among its experts. */
final class BoardRun {

  static final String TREES_TOO = "mixture-and-trees";

  private BoardRun() {}

  /**
   * Scores every expert and both mixtures on every task, before they learn from it.
   *
   * @param every how many tasks after which trees are grown again
   */
  static void score(KeyedStream stream, int every, Outcome outcome) {
    boolean classes = stream.classes();
    try (BoostedTrees rows = new BoostedTrees("trees", TreeInputs.ROW, classes, every);
        BoostedTrees statistics =
            new BoostedTrees("trees-statistics", TreeInputs.STATISTICS, classes, every)) {
      Board usual = board(stream, List.of());
      Board more = board(stream, List.of(rows, statistics));
      for (int i = 0; i < stream.tasks().size(); i++) {
        KeyedTask task = stream.tasks().get(i);
        Answers withTrees = more.answer(task.support(), task.query());
        Answers without = usual.answer(task.support(), task.query());
        for (Loss loss : outcome.kinds()) {
          for (String name : more.names()) {
            String label = name.equals(Board.MIXTURE) ? TREES_TOO : name;
            outcome.put(label, loss, i, loss.of(withTrees.of(name), task.query().targets()));
          }
          double mixed = loss.of(without.of(Board.MIXTURE), task.query().targets());
          outcome.put(Board.MIXTURE, loss, i, mixed);
        }
        more.learn(withTrees, task.support(), task.query());
        usual.learn(without, task.support(), task.query());
      }
    }
  }

  private static Board board(KeyedStream stream, List<Expert> trees) {
    return stream.classes()
        ? Board.classes(stream.columns(), stream.ways(), trees)
        : Board.numbers(stream.columns(), 1, trees);
  }
}
