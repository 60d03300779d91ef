package io.engram.servicekit.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One metric as Prometheus sees it: what it is called, what it means, and when somebody should look.
 *
 * @param name as it is exported: base units, {@code _total} for counters and nothing else
 * @param help one sentence without a full stop
 * @param look for the manual: when to look, in Markdown; empty where the number alone says little
 * @param labels names, in the order in which values are given
 */
public record Metric(String name, Kind kind, String help, String look, List<String> labels) {

  private static final Pattern NAME = Pattern.compile("engram_[a-z0-9]+(_[a-z0-9]+)*");
  private static final String TOTAL = "_total";
  private static final String SECONDS = "_seconds";

  /** What a metric is. */
  public enum Kind {
    /** Only grows while a process lives. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Times something: how often, how long in all, quantiles and the longest. */
    TIMER
  }

  /** Checks the name against Prometheus' conventions. */
  public Metric {
    labels = List.copyOf(labels);
    require(NAME.matcher(name).matches(), name, "is no name of a metric");
    require(name.endsWith(TOTAL) == (kind == Kind.COUNTER), name, "_total is for counters alone");
    require(kind != Kind.TIMER || name.endsWith(SECONDS), name, "times are in seconds");
    require(!help.isBlank() && !help.endsWith("."), name, "needs help without a full stop");
  }

  /** A count of what happened. */
  public static Metric counter(String name, String help) {
    return new Metric(name, Kind.COUNTER, help, "", List.of());
  }

  /** A number that stands. */
  public static Metric gauge(String name, String help) {
    return new Metric(name, Kind.GAUGE, help, "", List.of());
  }

  /** A duration. */
  public static Metric timer(String name, String help) {
    return new Metric(name, Kind.TIMER, help, "", List.of());
  }

  /** The same, with a word on when to look. */
  public Metric lookWhen(String when) {
    return new Metric(name, kind, help, when, labels);
  }

  /** The same, told apart by labels. */
  public Metric by(String... more) {
    List<String> all = new ArrayList<>(labels);
    all.addAll(List.of(more));
    return new Metric(name, kind, help, look, all);
  }

  /** Of what one is: {@code seconds}, {@code bytes}, {@code ratio}, or empty for a plain number. */
  public String unit() {
    for (String unit : List.of("seconds", "bytes", "ratio")) {
      if (name.endsWith("_" + unit)) {
        return unit;
      }
    }
    return "";
  }

  /** As Micrometer calls it, which adds the suffixes of counters and timers itself. */
  String dotted() {
    String bare =
        switch (kind) {
          case COUNTER -> name.substring(0, name.length() - TOTAL.length());
          case TIMER -> name.substring(0, name.length() - SECONDS.length());
          case GAUGE -> name;
        };
    return bare.replace('_', '.');
  }

  private static void require(boolean holds, String name, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(name + ": " + otherwise);
    }
  }
}
