package io.engram.core.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.engram.core.random.RandomStream;
import io.engram.core.task.ExampleSet;
import io.engram.core.task.Targets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BoardTest {

  private static final int COLUMNS = 3;

  @Property(tries = 10)
  void probabilitiesAreProbabilitiesWhateverIsMissing(@ForAll long seed) {
    RandomStream random = new RandomStream(seed);
    Board board = Board.classes(COLUMNS, 3, List.of());
    for (int task = 0; task < 30; task++) {
      ExampleSet support = classes(random, 10);
      ExampleSet query = classes(random, 10);
      Answers answers = board.answer(support, query);
      for (String name : board.names()) {
        for (double[] answer : answers.of(name)) {
          assertThat(answer[0] + answer[1] + answer[2]).isCloseTo(1, within(1e-9));
          assertThat(Math.min(answer[0], Math.min(answer[1], answer[2]))).isPositive();
        }
      }
      board.learn(answers, support, query);
    }
  }

  @Property(tries = 10)
  void numbersAreFiniteAndTheSameEachTime(@ForAll long seed) {
    assertThat(run(seed, 0)).isDeepEqualTo(run(seed, 0));
  }

  /** Labels of the query set are for scoring and learning; an answer that knew them would be worth nothing. */
  @Property(tries = 10)
  void answersDoNotDependOnTheLabelsAskedFor(@ForAll long seed) {
    assertThat(run(seed, 100)).isDeepEqualTo(run(seed, 0));
  }

  @Test
  void aMissingCellIsTheSupportsMeanOfItsColumn() {
    Board board = Board.numbers(1, 1, List.of());
    float[] known = {0, 1, 2, 3};
    ExampleSet rows = new ExampleSet(1, known, new Targets.Values(1, known));
    board.learn(board.answer(rows, rows), rows, rows);
    ExampleSet support =
        new ExampleSet(1, new float[] {1, 2}, new Targets.Values(1, new float[] {0, 0}));
    ExampleSet query =
        new ExampleSet(1, new float[] {Float.NaN, 1.5f}, new Targets.Values(1, new float[2]));
    Rows seen = board.answer(support, query).rows();
    assertThat(seen.query()[0]).containsExactly(seen.query()[1], within(1e-12));
  }

  @Test
  void theMixtureStandsLast() {
    Board board = Board.numbers(1, 1, List.of(new RecencyMean("mine", 1, 0)));
    assertThat(board.names()).endsWith("mine", Board.MIXTURE).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownNameAndAnotherWidthAreRefused() {
    Board board = Board.numbers(1, 1, List.of());
    ExampleSet one = new ExampleSet(1, new float[1], new Targets.Values(1, new float[1]));
    ExampleSet two = new ExampleSet(1, new float[1], new Targets.Values(2, new float[2]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> board.answer(one, one).of("oracle"))
        .withMessageContaining("oracle");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> board.answer(two, two))
        .withMessageContaining("2 values");
  }

  /** The last task's answers; its query labels are moved by {@code offset}. */
  private static double[][][] run(long seed, float offset) {
    RandomStream random = new RandomStream(seed);
    Board board = Board.numbers(COLUMNS, 1, List.of());
    for (int task = 0; task < 20; task++) {
      ExampleSet support = numbers(random, 0);
      ExampleSet query = numbers(random, 0);
      board.learn(board.answer(support, query), support, query);
    }
    double[][][] all = board.answer(numbers(random, 0), numbers(random, offset)).all();
    for (double[][] answers : all) {
      for (double[] answer : answers) {
        assertThat(answer[0]).isFinite();
      }
    }
    return all;
  }

  private static ExampleSet numbers(RandomStream random, float offset) {
    float[] inputs = inputs(random, 10);
    float[] values = new float[10];
    for (int i = 0; i < values.length; i++) {
      values[i] = offset + 2 * (float) random.nextDouble();
    }
    return new ExampleSet(COLUMNS, inputs, new Targets.Values(1, values));
  }

  private static ExampleSet classes(RandomStream random, int size) {
    float[] inputs = inputs(random, size);
    int[] classes = new int[size];
    for (int i = 0; i < size; i++) {
      classes[i] = random.nextInt(3);
    }
    return new ExampleSet(COLUMNS, inputs, new Targets.Classes(3, classes));
  }

  private static float[] inputs(RandomStream random, int size) {
    float[] inputs = new float[size * COLUMNS];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = random.nextInt(5) == 0 ? Float.NaN : 10 * (float) random.nextDouble();
    }
    return inputs;
  }
}
