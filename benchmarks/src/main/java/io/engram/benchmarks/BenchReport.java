package io.engram.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What every bench of Engram says, as a table for people and as one last line of JSON for programs.
 *
 * @param bench its name, as given to {@code engram bench}
 * @param machine where it ran
 * @param cases one line each
 */
public record BenchReport(String bench, Machine machine, List<Case> cases) {

  public BenchReport {
    cases = List.copyOf(cases);
  }

  /**
   * One line: a figure, and what it is held against.
   *
   * @param name what was run
   * @param metric what was measured
   * @param figure what came out
   * @param versus what it is compared with, or null
   * @param ratio of the comparison, or null
   * @param goal that the ratio (or, without one, the value) should meet, e.g. {@code ">= 2.0"}, or null
   * @param met whether it does, or null without a goal
   */
  public record Case(
      @JsonProperty("case") String name,
      String metric,
      @JsonUnwrapped Figure figure,
      @Nullable String versus,
      @Nullable Double ratio,
      @Nullable String goal,
      @Nullable Boolean met) {

    /** A figure that is only reported, of one round. */
    public static Case of(String name, String metric, double value, String unit) {
      return of(name, metric, value, unit, null);
    }

    /** A figure that is only reported. */
    public static Case of(
        String name, String metric, double value, String unit, @Nullable String spread) {
      return new Case(name, metric, new Figure(value, unit, spread), null, null, null, null);
    }

    /** A count that must be so much, no more and no less. */
    public static Case exactly(String name, String metric, long value, long expected) {
      return exactly(name, metric, (double) value, expected);
    }

    /** The same where the count comes from a gauge. */
    public static Case exactly(String name, String metric, double value, long expected) {
      return of(name, metric, value, "").goal(Long.toString(expected), value == (double) expected);
    }

    /** The number itself. */
    public double value() {
      return figure.value;
    }

    /** The same beside another; both null for no other. */
    public Case versus(@Nullable String other, @Nullable Double ratioToIt) {
      return new Case(name, metric, figure, other, ratioToIt, goal, met);
    }

    /** The same with a goal; both null for none. */
    public Case goal(@Nullable String wanted, @Nullable Boolean isMet) {
      return new Case(name, metric, figure, versus, ratio, wanted, isMet);
    }

    /** The same beside another, which it should be at least {@code wanted} times. */
    public Case atLeast(double wanted, String other, double ratioToIt) {
      return versus(other, ratioToIt).goal(">= " + wanted, ratioToIt >= wanted);
    }

    /** The same beside another, which it should be at most {@code wanted} times. */
    public Case atMost(double wanted, String other, double ratioToIt) {
      return versus(other, ratioToIt).goal("<= " + wanted, ratioToIt <= wanted);
    }
  }

  /**
   * A number with its unit.
   *
   * @param value the median
   * @param unit of the value
   * @param spread smallest and largest round, or null
   */
  public record Figure(double value, String unit, @Nullable String spread) {}

  /** The last line of a bench's output. */
  public String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report of plain records must be writable as JSON", e);
    }
  }

  /** For people. */
  public String table() {
    StringBuilder text = new StringBuilder();
    text.append(bench).append(" on ").append(machine).append('\n');
    for (Case line : cases) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %-34s %10s %-9s %-18s %s%n",
              line.name,
              line.metric,
              rounded(line.figure.value),
              line.figure.unit,
              line.figure.spread == null ? "" : line.figure.spread,
              comparison(line)));
    }
    return text.toString();
  }

  /** Three digits at least, and two behind the point. */
  private static String rounded(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.2f", value);
  }

  private static String comparison(Case line) {
    String text =
        line.ratio == null ? "" : String.format(Locale.ROOT, "%.2f × %s", line.ratio, line.versus);
    if (line.goal == null) {
      return text;
    }
    return text + "  (goal " + line.goal + (Boolean.TRUE.equals(line.met) ? ", met)" : ", MISSED)");
  }
}
