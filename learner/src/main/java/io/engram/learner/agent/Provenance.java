package io.engram.learner.agent;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a process is, as far as its results may depend on it. */
public record Provenance(
    String engine,
    String codeVersion,
    String jdk,
    String architecture,
    Map<String, String> schemaFingerprints) {

  public Provenance {
    // Sorted, because a manifest made again after a restart must be the same to the byte.
    schemaFingerprints = Collections.unmodifiableMap(new TreeMap<>(schemaFingerprints));
  }
}
