package io.engram.cli.source;

import io.engram.core.learning.TableSettings;
import java.util.List;

/**
 * What will learn from a source.
 *
 * @param algorithm its name as it was written
 * @param continual whether it learns from single examples, instead of tasks
 */
public record LearnerChoice(String algorithm, boolean continual) {

  private static final List<String> CLOSED_FORM =
      List.of("prototypes", "cosine-prototypes", "ridge");

  /** Whether it is exact MAML, which wants other inner steps than the rest. */
  public boolean exactMaml() {
    return algorithm.equalsIgnoreCase("maml");
  }

  /** Whether its last layer is fitted in closed form: it takes larger outer steps. */
  public boolean closedForm() {
    return CLOSED_FORM.stream().anyMatch(algorithm::equalsIgnoreCase);
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
