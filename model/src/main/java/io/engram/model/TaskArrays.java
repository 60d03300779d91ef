package io.engram.model;

/** The arrays of one decoded task, used again for the next one where it has as many numbers. */
public final class TaskArrays {

  private final Room supportInputs = new Room();
  private final Room supportTargets = new Room();
  private final Room queryInputs = new Room();
  private final Room queryTargets = new Room();

  /** One array, as long as it was last asked to be. */
  static final class Room {

    private float[] numbers = {};

    float[] ofLength(int length) {
      if (numbers.length != length) {
        numbers = new float[length];
      }
      return numbers;
    }
  }

  Room supportInputs() {
    return supportInputs;
  }

  Room supportTargets() {
    return supportTargets;
  }

  Room queryInputs() {
    return queryInputs;
  }

  Room queryTargets() {
    return queryTargets;
  }
}
