package io.engram.learner.agent;

import java.util.Optional;

/** What learners have published under the model's name so far. Read once, at the start of a learner whose store is empty. */
public interface PublishedModels {

  /** The version the registry has promoted last, if it has. */
  Optional<Candidate> champion();

  /** The largest group count in the id of any candidate that is still in the log; 0 if there is none. */
  long newestGroup();
}
