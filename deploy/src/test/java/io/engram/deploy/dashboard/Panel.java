package io.engram.deploy.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * One panel.
 *
 * @param kind of Grafana's: {@code timeseries}, {@code stat}
 * @param unit of Grafana's
 * @param description what it means and when to look, for the little i
 * @param section of docs/operations.md that says more
 */
public record Panel(
    String kind,
    String title,
    String unit,
    String description,
    String section,
    List<Target> targets) {

  static final String METRICS = "health-and-metrics";

  /** One query, without the selectors that every one gets, and what its series are called. */
  public record Target(String expression, String legend) {}

  public Panel {
    targets = List.copyOf(targets);
  }

  static Panel lines(String title, String unit, String description) {
    return new Panel("timeseries", title, unit, description, METRICS, List.of());
  }

  static Panel number(String title, String unit, String description) {
    return new Panel("stat", title, unit, description, METRICS, List.of());
  }

  Panel showing(String expression, String legend) {
    List<Target> all = new ArrayList<>(targets);
    all.add(new Target(expression, legend));
    return new Panel(kind, title, unit, description, section, all);
  }

  Panel see(String where) {
    return new Panel(kind, title, unit, description, where, targets);
  }

  int width() {
    return kind.equals("stat") ? 6 : 12;
  }

  int height() {
    return kind.equals("stat") ? 5 : 8;
  }
}
