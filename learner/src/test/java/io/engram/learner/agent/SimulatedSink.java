package io.engram.learner.agent;

import java.util.ArrayList;
import java.util.List;

/** A sink whose transactions are seen whole, or not at all. */
final class SimulatedSink implements CandidateSink {

  private final Fate fate;
  private final List<Candidate> published = new ArrayList<>();

  SimulatedSink(Fate fate) {
    this.fate = fate;
  }

  /** In order, those published again after a crash again. */
  List<Candidate> published() {
    return published;
  }

  @Override
  public void publish(Candidate candidate) {
    fate.mayCrash("before publishing");
    published.add(candidate);
    fate.mayCrash("after publishing");
  }

  @Override
  public void close() {}
}
