package io.engram.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A program that sends what it knows, waits for a model, and adapts it to its own question: the one in docs/registry.md, compiled and run
 * by the tests.
 */
final class QuickStart {

  private QuickStart() {}

  /** Says whether a message is spam, from two examples of each. */
  static Prediction run(EngramConfig config, String modelName, float[] message)
      throws InterruptedException, TimeoutException {
    try (Engram engram = Engram.connect(config)) {
      var delivery = engram.examples().send(Example.of("tenant-42", new float[] {1, 0.9f}, "spam"));
      delivery.join();

      ModelSubscription model = engram.subscribe(modelName);
      model.awaitVersion(1, Duration.ofMinutes(1));
      SupportSet.Labeled few =
          SupportSet.of(
              new float[][] {{1, 1}, {0.9f, 1}, {-1, 0}, {-0.8f, 0.1f}},
              List.of("spam", "spam", "fine", "fine"));
      Classifier mine = model.adapt(few);
      return mine.predict(message);
    }
  }
}
