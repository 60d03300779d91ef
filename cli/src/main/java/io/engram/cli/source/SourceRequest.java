package io.engram.cli.source;

import io.engram.core.kind.Values;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a source is opened with.
 *
 * @param values of the kind's own keys
 * @param sessions what all sources of sessions share
 * @param seed the root of all randomness
 * @param learner what will learn from it
 * @param state where a run keeps its state; an earlier start may have left there what this one goes on with
 * @param standardInput for who reads from it
 * @param progress told of what takes long
 */
public record SourceRequest(
    Values values,
    SessionPlan sessions,
    long seed,
    LearnerChoice learner,
    Path state,
    InputStream standardInput,
    Consumer<String> progress) {

  /** These sessions, sent as it is asked for. */
  public SessionSource send(Sessions made) {
    return new SessionSource(made, sessions.tasks(), sessions.interleave(), seed);
  }
}
