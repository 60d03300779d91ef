package io.engram.learner;

import io.engram.core.compute.episode.HeadFit;
import java.util.Optional;

/**
 * A head in closed form as it stands in a configuration file.
 *
 * @param scale what logits of cosine-prototypes and ridge are multiplied by, before it is learned
 * @param ridgeLambda λ of ridge
 */
public record HeadConfig(double scale, double ridgeLambda) {

  /** As reference.conf has it. */
  public static final HeadConfig USUAL = new HeadConfig(10, 1);

  public HeadConfig {
    Allowed.positive("head-scale", scale);
    Allowed.positive("ridge-lambda", ridgeLambda);
  }

  /** The head of an algorithm; nothing where that takes gradient steps. */
  Optional<HeadFit> fit(String algorithm) {
    return switch (algorithm) {
      case "prototypes" -> Optional.of(new HeadFit.Prototypes());
      case "cosine-prototypes" -> Optional.of(new HeadFit.CosinePrototypes((float) scale));
      case "ridge" -> Optional.of(new HeadFit.Ridge((float) ridgeLambda, (float) scale));
      default -> Optional.empty();
    };
  }
}
