package io.engram.cli.role;

import io.engram.cli.config.Section;
import io.engram.core.continual.ConsolidatingReplay;
import io.engram.core.continual.ContinualMaml;
import io.engram.core.continual.DurableSettings;
import io.engram.core.continual.ExperienceReplay;
import io.engram.core.continual.LaMaml;
import io.engram.core.continual.LaMaml.Variant;
import io.engram.core.continual.MetaExperienceReplay;
import io.engram.core.continual.OnlineSgd;
import io.engram.core.continual.SessionReplay;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The continual learners by name, each with a section of its own in section {@code learner}. */
final class ContinualLearners {

  private final Section learner;

  ContinualLearners(Section learner) {
    this.learner = learner;
  }

  /** What reads each one's section. */
  Map<String, Supplier<DurableSettings>> byName() {
    return new TreeMap<>(
        Map.of(
            "online-sgd",
            this::onlineSgd,
            "experience-replay",
            this::experienceReplay,
            "mer",
            this::metaExperienceReplay,
            "la-maml",
            () -> laMaml("la-maml", Variant.LA_MAML),
            "la-maml-sync",
            () -> laMaml("la-maml-sync", Variant.SYNC),
            "la-maml-c",
            () -> laMaml("la-maml-c", Variant.C_MAML),
            "c-maml",
            this::continualMaml,
            "consolidating-replay",
            this::consolidatingReplay,
            "session-replay",
            this::sessionReplay));
  }

  private DurableSettings onlineSgd() {
    Section of = learner.section("online-sgd");
    return new OnlineSgd.Settings(
        count(of, "arriving"), positive(of, "step"), count(of, "glances"));
  }

  private DurableSettings experienceReplay() {
    Section of = learner.section("experience-replay");
    return new ExperienceReplay.Settings(
        count(of, "arriving"),
        count(of, "replayed"),
        positive(of, "step"),
        count(of, "glances"),
        count(of, "memory"));
  }

  private DurableSettings metaExperienceReplay() {
    Section of = learner.section("mer");
    return new MetaExperienceReplay.Settings(
        positive(of, "step"),
        positive(of, "within"),
        positive(of, "across"),
        count(of, "batches"),
        count(of, "replayed"),
        count(of, "memory"));
  }

  private DurableSettings laMaml(String name, Variant variant) {
    Section of = learner.section(name);
    return new LaMaml.Settings(
        variant,
        count(of, "arriving"),
        count(of, "replayed"),
        count(of, "glances"),
        positive(of, "inner-step"),
        variant == Variant.C_MAML ? 0f : notNegative(of, "step-rate"),
        variant == Variant.LA_MAML ? 0f : positive(of, "outer-step"),
        positive(of, "clip"),
        count(of, "memory"));
  }

  private DurableSettings continualMaml() {
    Section of = learner.section("c-maml");
    return new ContinualMaml.Settings(
        count(of, "arriving"),
        positive(of, "inner-step"),
        count(of, "inner-steps"),
        notNegative(of, "outer-step"),
        (float) of.decimal("tolerance"),
        positive(of, "full-update-at"),
        count(of, "memory"),
        of.flag("fresh-head"));
  }

  private DurableSettings consolidatingReplay() {
    Section of = learner.section("consolidating-replay");
    return new ConsolidatingReplay.Settings(
        count(of, "arriving"),
        count(of, "glances"),
        count(of, "replayed"),
        positive(of, "step"),
        positive(of, "longest"),
        notNegative(of, "hardening"),
        notNegative(of, "pull"),
        notNegative(of, "teaching"),
        notNegative(of, "trust"),
        notNegative(of, "slowness"),
        count(of, "memory"));
  }

  private DurableSettings sessionReplay() {
    Section of = learner.section("session-replay");
    return new SessionReplay.Settings(
        count(of, "arriving"),
        positive(of, "step"),
        count(of, "inner-steps"),
        count(of, "replayed"),
        count(of, "memory"),
        (float) of.decimal("tolerance"),
        share(of, "meta-step"),
        positive(of, "longest"));
  }

  private static float share(Section of, String key) {
    double value = of.decimal(key);
    if (!(value > 0 && value <= 1)) {
      throw of.invalid(key, "more than 0, at most 1");
    }
    return (float) value;
  }

  private static int count(Section of, String key) {
    int count = of.integer(key);
    if (count < 1) {
      throw of.invalid(key, "at least 1");
    }
    return count;
  }

  private static float positive(Section of, String key) {
    double value = of.decimal(key);
    if (!(value > 0 && value <= Float.MAX_VALUE)) {
      throw of.invalid(key, "more than 0");
    }
    return (float) value;
  }

  private static float notNegative(Section of, String key) {
    double value = of.decimal(key);
    if (!(value >= 0 && value <= Float.MAX_VALUE)) {
      throw of.invalid(key, "0 or more");
    }
    return (float) value;
  }
}
