package io.engram.learner.agent;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process is, as far as its results may depend on it.
 *
 * @param generation of the log of tasks: how often it was written anew because a key was forgotten
 * @param wishes what whoever trains wants every version to say
 */
public record Provenance(
    String engine,
    String codeVersion,
    String jdk,
    String architecture,
    Map<String, String> schemaFingerprints,
    long generation,
    Wishes wishes) {

  public Provenance {
    // Sorted, because a manifest made again after a restart must be the same to the byte.
    schemaFingerprints = Collections.unmodifiableMap(new TreeMap<>(schemaFingerprints));
  }

  /** Of a process that learns from a log as it was written first. */
  public Provenance(
      String engine,
      String codeVersion,
      String jdk,
      String architecture,
      Map<String, String> schemaFingerprints) {
    this(engine, codeVersion, jdk, architecture, schemaFingerprints, 0, Wishes.NONE);
  }
}
