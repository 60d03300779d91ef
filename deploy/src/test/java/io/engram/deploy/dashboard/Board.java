package io.engram.deploy.dashboard;

import java.util.ArrayList;
import java.util.List;

/**
 * One dashboard.
 *
 * @param file below deploy/grafana/dashboards, without its ending; also its uid
 * @param about one sentence
 */
public record Board(String file, String title, String about, List<Row> rows) {

  /** Panels under a heading. */
  public record Row(String title, List<Panel> panels) {
    public Row {
      panels = List.copyOf(panels);
    }
  }

  public Board {
    rows = List.copyOf(rows);
  }

  static Board of(String file, String title, String about) {
    return new Board(file, title, about, List.of());
  }

  Board row(String heading, Panel... panels) {
    List<Row> all = new ArrayList<>(rows);
    all.add(new Row(heading, List.of(panels)));
    return new Board(file, title, about, all);
  }
}
