package io.engram.deploy;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The manual for operators. */
final class Manual {

  static final String FILE = "docs/operations.md";
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  private Manual() {}

  /** What one may link to, as GitHub derives it from headings. */
  static Set<String> anchors() {
    return HEADING
        .matcher(Repository.text(FILE))
        .results()
        .map(it -> it.group(1).toLowerCase(Locale.ROOT))
        .map(it -> it.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
