package io.engram.modelregistry.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Where the unfinished candidates of one partition begin, so that a restart reads on from the first chunk that is still needed, and
 * not from behind it. As bounded as the assembler is; and one that does not end for very long is not waited for, so that nobody can
 * make every restart read all of the topic.
 */
final class OpenCandidates {

  /** A candidate is one transaction of a few chunks: further than this many records apart they never lie. */
  private static final long FARTHEST_BACK = 10_000;

  private final Map<Id, Long> firstOffsets = new LinkedHashMap<>();
  private final BiPredicate<String, String> kept;

  private record Id(String model, String candidateId) {}

  /**
   * @param kept whether the assembler still has chunks of a candidate, by model and candidate id
   */
  OpenCandidates(BiPredicate<String, String> kept) {
    this.kept = kept;
  }

  void begun(String model, String candidateId, long offset) {
    firstOffsets.putIfAbsent(new Id(model, candidateId), offset);
    if (firstOffsets.size() > 1) {
      firstOffsets.keySet().removeIf(id -> !kept.test(id.model(), id.candidateId()));
    }
  }

  void ended(String model, String candidateId) {
    firstOffsets.remove(new Id(model, candidateId));
  }

  /** The offset to resume from when everything before {@code next} was seen. */
  long resumeFrom(long next) {
    firstOffsets.values().removeIf(first -> first < next - FARTHEST_BACK);
    return firstOffsets.values().stream().mapToLong(Long::longValue).min().orElse(next);
  }
}
