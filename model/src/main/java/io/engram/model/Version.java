package io.engram.model;

import io.engram.core.learning.Scale;
import io.engram.core.network.NetworkSpec;
import io.engram.schemas.avro.LabelSpace;
import io.engram.schemas.avro.Lineage;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version in core's terms. {@link VersionCodec} makes a manifest and bytes of it, and it of them.
 *
 * @param adaptation how consumers adapt it
 * @param metrics what it was judged by, see {@link Metric}
 * @param lineage what is needed to make it again
 */
public record Version(
    Name name,
    NetworkSpec network,
    Labels labels,
    Adaptation adaptation,
    Weights weights,
    Map<String, Double> metrics,
    Lineage lineage) {

  public Version {
    metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
  }

  /**
   * What it is called.
   *
   * @param number 1, 2, 3 …, given by the registry; 0 for a candidate
   * @param createdAt event time of the newest task learned from
   */
  public record Name(String model, long number, Instant createdAt) {}

  /**
   * What its outputs stand for.
   *
   * @param classes of a GLOBAL space, output i being class i; else empty
   */
  public record Labels(LabelSpace space, List<String> classes) {
    public Labels {
      classes = List.copyOf(classes);
    }
  }

  /**
   * What was learned. Arrays are shared: never write into them.
   *
   * @param theta [parameters] in the layout of the network
   * @param inputs scale of the features; null where they are taken as they are
   * @param targets scale of the targets; null where they are taken as they are
   */
  @SuppressWarnings("ArrayRecordComponent") // flat parameters, never compared
  public record Weights(float[] theta, @Nullable Scale inputs, @Nullable Scale targets) {}
}
