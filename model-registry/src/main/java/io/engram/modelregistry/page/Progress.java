package io.engram.modelregistry.page;

import org.jspecify.annotations.Nullable;

/**
 * How far the stream has been worked through; null where a number is not known.
 *
 * @param examples read, good and bad
 * @param rejected of those
 * @param open examples that wait for their task to be complete
 * @param tasks taken up by the learner
 * @param remembered tasks in the episodic memory; examples of a continual learner
 * @param metaUpdates outer steps
 * @param examplesBehind examples that ingest has not read yet
 * @param tasksBehind tasks that the learner has not taken up yet
 */
public record Progress(
    @Nullable Long examples,
    @Nullable Long rejected,
    @Nullable Long open,
    @Nullable Long tasks,
    @Nullable Long remembered,
    @Nullable Long metaUpdates,
    @Nullable Long examplesBehind,
    @Nullable Long tasksBehind) {

  /** Nothing is known. */
  public static final Progress UNKNOWN =
      new Progress(null, null, null, null, null, null, null, null);
}
