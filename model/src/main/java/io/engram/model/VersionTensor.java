package io.engram.model;

import io.engram.core.network.ParameterTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tensors that a version may carry, by their names in its manifest. Their parts by layer have names such as {@code
 * parameters/0.weight}.
 */
public enum VersionTensor {
  /** [parameters] θ, in the layout of the network; every version has it, and has it first. */
  PARAMETERS("parameters"),
  /** Learned inner step sizes: [parameters], or [steps, tensors of the layout]. */
  STEP_SIZES("stepSizes"),
  /** [inputs] what is subtracted from features. */
  INPUT_MEAN("inputMean"),
  /** [inputs] what features are divided by. */
  INPUT_SCALE("inputScale"),
  /** [outputs] what is subtracted from targets. */
  TARGET_MEAN("targetMean"),
  /** [outputs] what targets are divided by. */
  TARGET_SCALE("targetScale"),
  /** A model of tables, in the order of {@link io.engram.core.tables.TableModel#flat()}. */
  TABLE("tableModel");

  private static final char PART = '/';

  private final String wireName;

  VersionTensor(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in a manifest. */
  public String wireName() {
    return wireName;
  }

  /** The tensor of that name. */
  public static Optional<VersionTensor> named(String wireName) {
    return Arrays.stream(values()).filter(it -> it.wireName.equals(wireName)).findFirst();
  }

  /** Whether a name in a manifest is that of a part of another tensor. */
  public static boolean isPart(String wireName) {
    return wireName.indexOf(PART) >= 0;
  }

  /** The name of a layer's own part of a tensor. */
  String part(ParameterTensor tensor) {
    return wireName + PART + tensor.layer() + "." + role(tensor);
  }

  /** What a tensor is to its layer, in a word. */
  public static String role(ParameterTensor tensor) {
    return tensor.role().name().toLowerCase(Locale.ROOT);
  }

  static List<String> wireNames() {
    return Arrays.stream(values()).map(VersionTensor::wireName).toList();
  }
}
