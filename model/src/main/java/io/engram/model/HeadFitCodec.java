package io.engram.model;

import io.engram.core.compute.episode.HeadFit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Heads in closed form, to a manifest's words and from them. */
final class HeadFitCodec {

  /** What is known, for whoever wrote something else. */
  static final String KNOWN = "prototypes, cosine-prototypes(scale), ridge(λ,scale)";

  private static final String PROTOTYPES = "prototypes";
  private static final Pattern COSINE = Pattern.compile("cosine-prototypes\\(([^,)]*)\\)");
  private static final Pattern RIDGE = Pattern.compile("ridge\\(([^,)]*),([^,)]*)\\)");

  private HeadFitCodec() {}

  static String encode(HeadFit fit) {
    if (fit instanceof HeadFit.Prototypes) {
      return PROTOTYPES;
    }
    if (fit instanceof HeadFit.CosinePrototypes cosine) {
      return "cosine-prototypes(%s)".formatted(cosine.scale());
    }
    if (fit instanceof HeadFit.Ridge ridge) {
      return "ridge(%s,%s)".formatted(ridge.lambda(), ridge.scale());
    }
    throw new IllegalArgumentException("the wire has no word for the head " + fit);
  }

  /**
   * Reads one.
   *
   * @return nothing if it is no head in closed form
   * @throws IllegalArgumentException if one of its numbers is none, or not more than 0
   */
  static Optional<HeadFit> decode(String text) {
    if (text.equals(PROTOTYPES)) {
      return Optional.of(new HeadFit.Prototypes());
    }
    Matcher cosine = COSINE.matcher(text);
    if (cosine.matches()) {
      return Optional.of(new HeadFit.CosinePrototypes(AdaptationCodec.number(cosine.group(1))));
    }
    Matcher ridge = RIDGE.matcher(text);
    if (ridge.matches()) {
      return Optional.of(
          new HeadFit.Ridge(
              AdaptationCodec.number(ridge.group(1)), AdaptationCodec.number(ridge.group(2))));
    }
    return Optional.empty();
  }
}
