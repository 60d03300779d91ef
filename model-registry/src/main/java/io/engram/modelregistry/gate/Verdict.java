package io.engram.modelregistry.gate;

import java.util.Map;
import java.util.TreeMap;

/** What a rule says about a candidate, with the numbers it looked at. */
public sealed interface Verdict {

  String reason();

  Map<String, Double> numbers();

  /** It may become champion. */
  record Passed(String reason, Map<String, Double> numbers) implements Verdict {}

  /**
   * The champion stays.
   *
   * @param rule the rule that refused
   */
  record Stopped(String rule, String reason, Map<String, Double> numbers) implements Verdict {}

  /** Both verdicts' numbers. */
  static Map<String, Double> merge(Map<String, Double> first, Map<String, Double> second) {
    Map<String, Double> both = new TreeMap<>(first);
    both.putAll(second);
    return both;
  }
}
