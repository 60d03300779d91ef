package io.engram.schemas;

import java.util.List;

/**
 * The topic catalogue under one prefix. Every name used anywhere comes from here.
 *
 * @param prefix put before each name, e.g. {@code "engram."}; may be empty
 */
public record Topics(String prefix) {

  public Topics {
    if (!prefix.matches("[a-zA-Z0-9._-]*")) {
      throw new IllegalArgumentException(
          "a topic prefix may hold letters, digits, '.', '_' and '-', found '" + prefix + "'");
    }
  }

  /** Where users write {@code LabeledExample}, keyed by task key. */
  public String examples() {
    return prefix + "examples";
  }

  /** Examples that were refused, byte for byte as they came, with headers saying why. */
  public String rejectedExamples() {
    return prefix + "examples.rejected";
  }

  /** {@code Answer}, keyed by task key: what is answered to examples without a label. */
  public String predictions() {
    return prefix + "predictions";
  }

  /** {@code LateLabel}, keyed by task key: labels that come after the question. */
  public String labels() {
    return prefix + "labels";
  }

  /** {@code Task}, keyed by task key; the log from which memory can be rebuilt. */
  public String tasks() {
    return prefix + "tasks";
  }

  /** Chunks and manifest of each candidate, one transaction each, keyed by model name. */
  public String modelCandidates() {
    return prefix + "model-candidates";
  }

  /** Chunks and manifest of each promoted version; compacted, so that a late subscriber gets the champion. */
  public String modelUpdates() {
    return prefix + "model-updates";
  }

  /** The registry's truth: what was registered, promoted, rolled back. */
  public String registryEvents() {
    return prefix + "registry-events";
  }

  /** The task keys that were forgotten on purpose, as digests; compacted. Made when the first one is. */
  public String forgotten() {
    return prefix + "forgotten";
  }

  /** The consumer group that shows how far the learner of a model has come in {@link #tasks}. */
  public String learnerGroup(String model) {
    return prefix + "engram-learner-" + model;
  }

  /** The consumer group that shows how far the registry has come in {@link #modelCandidates}. */
  public String registryGroup() {
    return prefix + "engram-registry";
  }

  /** All of them that hold something from the start. */
  public List<String> all() {
    return List.of(
        examples(),
        rejectedExamples(),
        tasks(),
        modelCandidates(),
        modelUpdates(),
        registryEvents(),
        predictions(),
        labels());
  }
}
