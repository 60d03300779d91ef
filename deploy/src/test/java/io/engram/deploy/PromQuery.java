package io.engram.deploy;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of the dashboard or an alert.
 *
 * @param where it stands
 * @param shown text that quotes labels of the result
 */
record PromQuery(String where, String expression, String shown) {

  private static final Set<String> WORDS =
      Set.of(
          "by", "without", "and", "or", "unless", "on", "ignoring", "group_left", "bool", "offset");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|group_left) *\\(([^)]*)\\)");
  private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
  private static final Pattern LABEL_MATCHER = Pattern.compile("(\\w+) *(?:=~|!~|!=|=)");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern NAME = Pattern.compile("\\b[a-z_]\\w*\\b(?! *\\()");
  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z]\\w*) *}}");

  /** Names of the metrics it reads. */
  Set<String> metrics() {
    String bare = expression;
    for (Pattern aside : new Pattern[] {GROUPING, MATCHERS, RANGE}) {
      bare = aside.matcher(bare).replaceAll(" ");
    }
    Set<String> names = new TreeSet<>();
    NAME.matcher(bare).results().map(MatchResult::group).forEach(names::add);
    names.removeAll(WORDS);
    return names;
  }

  /** Names of the labels that a metric has to have: all of them where it is the only one, else those by which it is selected. */
  Set<String> selected(String metric) {
    return metrics().size() == 1
        ? labels(metric)
        : new PromQuery(where, expression.replaceAll(GROUPING.pattern(), " "), "").labels(metric);
  }

  /** Names of the labels by which it selects of a metric, and by which it groups or that it shows of all. */
  Set<String> labels(String metric) {
    Set<String> names = new TreeSet<>();
    Matcher matchers = Pattern.compile("\\b" + metric + MATCHERS).matcher(expression);
    while (matchers.find()) {
      LABEL_MATCHER.matcher(matchers.group(1)).results().forEach(it -> names.add(it.group(1)));
    }
    GROUPING
        .matcher(expression)
        .results()
        .flatMap(it -> Pattern.compile(", *").splitAsStream(it.group(1)))
        .forEach(names::add);
    SHOWN.matcher(shown).results().forEach(it -> names.add(it.group(1)));
    return names;
  }
}
