package io.engram.modelregistry.serving;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is asked.
 *
 * @param support labeled rows to adapt on, features and labels of the same number
 * @param questions rows to answer, each [features]
 * @param level the share of truths that intervals are to cover; empty where none are wanted
 */
public record FewShotQuestion(Support support, List<float[]> questions, OptionalDouble level) {

  public FewShotQuestion {
    questions = List.copyOf(questions);
  }

  /** Labeled rows. */
  public sealed interface Support {

    /** Each [features]. */
    List<float[]> features();

    /** How many. */
    default int size() {
      return features().size();
    }
  }

  /** No rows. */
  public record NoRows() implements Support {
    @Override
    public List<float[]> features() {
      return List.of();
    }
  }

  /** Rows of classes, by name. */
  public record Labeled(List<float[]> features, List<String> labels) implements Support {
    public Labeled {
      features = List.copyOf(features);
      labels = List.copyOf(labels);
    }
  }

  /**
   * Rows of numbers.
   *
   * @param targets each [outputs]
   */
  public record Measured(List<float[]> features, List<float[]> targets) implements Support {
    public Measured {
      features = List.copyOf(features);
      targets = List.copyOf(targets);
    }
  }
}
