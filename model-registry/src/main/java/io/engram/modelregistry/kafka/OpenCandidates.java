package io.engram.modelregistry.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the unfinished candidates of one partition begin, so that a restart reads on from the first chunk that is still needed, and
 * not from behind it. As bounded as the assembler is.
 */
final class OpenCandidates {

  private static final int LIMIT = 4;

  private final Map<String, Long> firstOffsets = new LinkedHashMap<>();

  void begun(String model, String candidateId, long offset) {
    firstOffsets.putIfAbsent(model + "/" + candidateId, offset);
    if (firstOffsets.size() > LIMIT) {
      firstOffsets.remove(firstOffsets.keySet().iterator().next());
    }
  }

  void ended(String model, String candidateId) {
    firstOffsets.remove(model + "/" + candidateId);
  }

  /** The offset to resume from when everything before {@code next} was seen. */
  long resumeFrom(long next) {
    return firstOffsets.values().stream().mapToLong(Long::longValue).min().orElse(next);
  }
}
