package io.engram.benchmarks.device;

import io.engram.core.compute.episode.MetaRule;

/** Rules as tables and the peer call them. */
final class RuleName {

  private RuleName() {}

  static String of(MetaRule rule) {
    return switch (rule) {
      case REPTILE -> "reptile";
      case FIRST_ORDER -> "fomaml";
      case SECOND_ORDER -> "maml";
    };
  }
}
