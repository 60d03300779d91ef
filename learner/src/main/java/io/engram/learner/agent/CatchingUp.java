package io.engram.learner.agent;

import io.engram.core.task.LogPosition;
import io.engram.model.Generation;
import io.engram.schemas.avro.PartitionOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps candidates back while a learner learns again what was known before a key was forgotten: nobody wants a model that has just begun, and the
 * version that knows as much as the one before is the first that is published. Until then the old one serves.
 */
public final class CatchingUp implements CandidateSink {

  private static final Logger LOG = LoggerFactory.getLogger(CatchingUp.class);

  private final CandidateSink sink;
  private final Map<Integer, Long> known;
  private @Nullable Candidate held;

  /**
   * @param sink where candidates go once it has caught up
   * @param known where the log of tasks ended when it was written anew, by partition
   */
  public CatchingUp(CandidateSink sink, Map<Integer, Long> known) {
    this.sink = sink;
    this.known = Map.copyOf(known);
  }

  @Override
  public void publish(Candidate candidate) {
    if (reached(candidate)) {
      // What was kept back comes first: it is of what was known and nothing else.
      publishHeld();
      sink.publish(candidate);
    } else {
      held = candidate;
    }
  }

  @Override
  public void waiting(Predicate<LogPosition> seen) {
    boolean all =
        known.entrySet().stream()
            .filter(end -> end.getValue() > 0)
            .allMatch(end -> seen.test(new LogPosition(end.getKey(), end.getValue() - 1)));
    if (all) {
      publishHeld();
    }
  }

  private void publishHeld() {
    Candidate newest = held;
    held = null;
    if (newest != null) {
      LOG.info(
          "all that is left has been learned again: candidate {} is of {} tasks, generation {}",
          newest.id(),
          newest.manifest().getLineage().getTasks(),
          Generation.of(newest.manifest()));
      sink.publish(newest);
    }
  }

  private boolean reached(Candidate candidate) {
    Map<Integer, Long> at = new HashMap<>();
    for (PartitionOffset offset : candidate.manifest().getLineage().getOffsets()) {
      at.put(offset.getPartition(), offset.getOffset());
    }
    return known.entrySet().stream()
        .allMatch(end -> at.getOrDefault(end.getKey(), 0L) >= end.getValue());
  }

  @Override
  public void close() {
    sink.close();
  }
}
