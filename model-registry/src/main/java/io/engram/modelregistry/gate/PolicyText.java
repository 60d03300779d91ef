package io.engram.modelregistry.gate;

import io.engram.modelregistry.gate.PromotionPolicy.All;
import io.engram.modelregistry.gate.PromotionPolicy.Always;
import io.engram.modelregistry.gate.PromotionPolicy.Improves;
import io.engram.modelregistry.gate.PromotionPolicy.Manual;
import io.engram.modelregistry.gate.PromotionPolicy.NotWorse;
import io.engram.modelregistry.gate.PromotionPolicy.Retains;
import io.engram.modelregistry.gate.PromotionPolicy.Spaced;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads a promotion policy's canonical text. */
final class PolicyText {

  private static final Pattern RULE =
      Pattern.compile("([a-z-]+)(?:\\(([0-9.eE+-]+)(?:,stale=([0-9]+))?\\))?");

  private PolicyText() {}

  static PromotionPolicy parse(String text) {
    List<PromotionPolicy> rules =
        Stream.of(text.strip().split("\\s+", -1)).map(word -> rule(text, word)).toList();
    return rules.size() == 1 ? rules.get(0) : new All(rules);
  }

  private static PromotionPolicy rule(String text, String word) {
    Matcher matcher = RULE.matcher(word);
    if (!matcher.matches()) {
      throw error(text, word);
    }
    boolean bare = matcher.group(2) == null;
    boolean stale = matcher.group(3) != null;
    String shape = matcher.group(1) + (bare ? "" : "()");
    try {
      return switch (shape) {
        case "always" -> new Always();
        case "manual" -> new Manual();
        case "not-worse()" ->
            new NotWorse(
                Double.parseDouble(matcher.group(2)), stale ? Long.parseLong(matcher.group(3)) : 0);
        case "retains()" -> new Retains(Double.parseDouble(unless(stale, matcher, text, word)));
        case "improves()" -> new Improves(Double.parseDouble(unless(stale, matcher, text, word)));
        case "spaced()" -> new Spaced(Long.parseLong(unless(stale, matcher, text, word)));
        default -> throw error(text, word);
      };
    } catch (NumberFormatException e) {
      throw error(text, word);
    }
  }

  private static String unless(boolean stale, Matcher matcher, String text, String word) {
    if (stale) {
      throw error(text, word);
    }
    return matcher.group(2);
  }

  private static IllegalArgumentException error(String text, String word) {
    return new IllegalArgumentException(
        "promotion policy '%s': '%s' is no rule; known: always, manual, not-worse(ε), not-worse(ε,stale=tasks), retains(ε), improves(δ), spaced(tasks)"
            .formatted(text, word));
  }
}
