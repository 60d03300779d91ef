package io.engram.benchmarks.crash;

import io.engram.core.random.RandomStream;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Kills learner and broker at random instants, and starts them again at once. */
final class Killer {

  /** One kill in four hits the broker; one in four falls into a start. */
  private static final int ONE_IN = 4;

  private static final double WHILE_STARTING_SECONDS = 2.0;
  private static final double WHILE_RUNNING_SECONDS = 1.0;
  private static final double UP_SECONDS = 60;
  private static final long LOOK_NANOS = 10_000_000L;

  private final Plant plant;
  private final String line;
  private final List<String> settings;
  private final RandomStream random;
  private final Consumer<String> say;
  private Child broker;
  private Child learner;
  private int learnerKills;
  private int brokerKills;
  private int ownEnds;

  Killer(Plant plant, String line, List<String> settings, long seed, Consumer<String> say) {
    this.plant = plant;
    this.line = line;
    this.settings = settings;
    this.random = new RandomStream(seed);
    this.say = say;
    this.broker = plant.startBroker();
    this.learner = plant.startLearner(line, settings);
  }

  /** Runs until that many kills have been made. */
  void kill(int kills) {
    for (int i = 1; i <= kills; i++) {
      if (random.nextInt(ONE_IN) == 0) {
        pause(WHILE_STARTING_SECONDS);
      } else {
        awaitLearner();
        pause(WHILE_RUNNING_SECONDS);
      }
      if (random.nextInt(ONE_IN) == 0) {
        broker.kill();
        broker = plant.startBroker();
        brokerKills++;
      } else {
        learner.kill();
        learner = plant.startLearner(line, settings);
        learnerKills++;
      }
      if (i % 10 == 0 || i == kills) {
        say.accept(
            "%d kills: %d of the learner, %d of the broker"
                .formatted(i, learnerKills, brokerKills));
      }
    }
  }

  /** Waits until the learner has taken up so many tasks. */
  void awaitTasks(long tasks) {
    while (plant.gauges().read(Plant.TASKS).orElse(0) < tasks) {
      superviseLearner();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  int learnerKills() {
    return learnerKills;
  }

  int brokerKills() {
    return brokerKills;
  }

  /** How often the learner could not go on and ended itself, to be started again as a supervisor would. */
  int ownEnds() {
    return ownEnds;
  }

  Child broker() {
    return broker;
  }

  Child learner() {
    return learner;
  }

  private void awaitLearner() {
    double end = System.nanoTime() + UP_SECONDS * 1e9;
    while (plant.gauges().read(Plant.TASKS).isEmpty() && System.nanoTime() < end) {
      superviseLearner();
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void superviseLearner() {
    if (!learner.alive()) {
      ownEnds++;
      learner = plant.startLearner(line, settings);
    }
  }

  private void pause(double upToSeconds) {
    LockSupport.parkNanos((long) (random.nextDouble() * upToSeconds * 1e9));
  }
}
