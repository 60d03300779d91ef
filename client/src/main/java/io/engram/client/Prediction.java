package io.engram.client;

import java.util.List;

/**
 * What a classifier says about one example.
 *
 * @param label the most probable class
 * @param classes all classes in play
 * @param probabilities [classes] in the same order, summing to 1
 * @param version of the model that was adapted
 */
@SuppressWarnings("ArrayRecordComponent") // fresh for each prediction, the caller's own
public record Prediction(String label, List<String> classes, float[] probabilities, long version) {

  /** Of a class; 0 if it is not in play. */
  public float probability(String ofClass) {
    int index = classes.indexOf(ofClass);
    return index < 0 ? 0 : probabilities[index];
  }
}
