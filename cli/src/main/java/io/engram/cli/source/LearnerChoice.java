package io.engram.cli.source;

import io.engram.core.learning.TableSettings;

/**
 * What will learn from a source.
 *
 * @param algorithm its name as it was written
 * @param continual whether it learns from single examples, instead of tasks
 */
public record LearnerChoice(String algorithm, boolean continual) {

  /** Whether it is exact MAML, which wants other inner steps than the rest. */
  public boolean exactMaml() {
    return algorithm.equalsIgnoreCase("maml");
  }

  /** Whether it is the learner of tables, which wants one dense layer. */
  public boolean ofTables() {
    return algorithm.equalsIgnoreCase(TableSettings.NAME);
  }

  /** As the reason of a suggestion. */
  public String because() {
    return "algorithm " + algorithm;
  }
}
