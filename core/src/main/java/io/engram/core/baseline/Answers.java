package io.engram.core.baseline;

import java.util.List;

/**
 * What a board said to one task, before learning from it.
 *
 * @param names of who answered; the last is the mixture of the others
 * @param rows what they saw
 * @param all [names × queries × width] numbers, or a probability for each class
 */
@SuppressWarnings("ArrayRecordComponent") // flat arrays are the currency of the experts
public record Answers(List<String> names, Rows rows, double[][][] all) {

  public Answers {
    names = List.copyOf(names);
  }

  /**
   * One's answers, [queries × width].
   *
   * @throws IllegalArgumentException if nobody has that name
   */
  public double[][] of(String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("no %s on the board, which has %s".formatted(name, names));
    }
    return all[index];
  }
}
