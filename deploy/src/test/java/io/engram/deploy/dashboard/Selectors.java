package io.engram.deploy.dashboard;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds to each metric of a query what the dashboard's variables select. */
final class Selectors {

  private static final String ALWAYS = "job=~\"$job\", instance=~\"$instance\"";
  private static final Pattern METRIC =
      Pattern.compile("\\b((?:engram|jvm|process|kafka)_\\w+|up)\\b(?:\\{([^}]*)})?");

  private final Set<String> byModel;

  /**
   * @param byModel metrics that have a label {@code model}
   */
  Selectors(Set<String> byModel) {
    this.byModel = byModel;
  }

  String in(String expression) {
    return METRIC
        .matcher(expression)
        .replaceAll(
            found -> {
              String own = found.group(2) == null ? "" : ", " + found.group(2);
              String model = byModel.contains(found.group(1)) ? ", model=~\"$model\"" : "";
              return Matcher.quoteReplacement(
                  "%s{%s%s%s}".formatted(found.group(1), ALWAYS, model, own));
            });
  }
}
