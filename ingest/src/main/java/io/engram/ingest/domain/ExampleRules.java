package io.engram.ingest.domain;

import static io.engram.ingest.domain.ConfigCheck.require;

import java.util.List;

/**
 * What a single example must be.
 *
 * @param featureShape sizes of one example's features; empty: the first example of each task decides for that task
 * @param target what labels must be
 * @param maxBytes most bytes of one example's Kafka value
 */
public record ExampleRules(List<Integer> featureShape, TargetKind target, int maxBytes) {

  public ExampleRules {
    featureShape = List.copyOf(featureShape);
    require(
        featureShape.stream().allMatch(size -> size >= 1),
        "examples.feature-shape",
        featureShape,
        "a list of sizes from 1, or empty");
    require(maxBytes >= 1, "examples.max-bytes", maxBytes, "at least 1");
  }

  /** Any shape, any target, below the broker's default message limit. */
  public static ExampleRules defaults() {
    return new ExampleRules(List.of(), TargetKind.AUTO, 900_000);
  }
}
