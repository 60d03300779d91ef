package io.engram.cli.taste;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;

/** Findings as one page of HTML, well-formed as XML, that loads nothing from elsewhere. */
final class PageReport {

  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 760px; margin: 2em auto; padding: 0 1em; color: #222; }
      h1 { font-size: 1.3em; } h2 { font-size: 1.05em; margin: 1.8em 0 .4em; }
      .verdict { font-size: 1.15em; border-left: 4px solid #1668b8; padding: .3em .8em; background: #f2f6fa; }
      table { border-collapse: collapse; } td, th { padding: .15em .9em .15em 0; text-align: left; vertical-align: top; font-weight: normal; }
      thead th { border-bottom: 1px solid #999; } .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
      .facts th, .note { color: #666; }
      svg { width: 100%; height: auto; } svg text { font-size: 11px; fill: #666; } .grid { stroke: #ddd; }
      polyline { fill: none; stroke-width: 2; } polyline.engram { stroke: #1668b8; } circle.engram { fill: #1668b8; }
      polyline.best { stroke: #c06a12; stroke-dasharray: 5 3; } circle.best { fill: #c06a12; }
      b.engram { color: #1668b8; } b.best { color: #c06a12; }
      """;

  private final Findings found;
  private final InWords words;
  private final StringBuilder html = new StringBuilder();

  PageReport(Findings found) {
    this.found = found;
    this.words = new InWords(found);
  }

  String html() {
    Trial trial = found.trial();
    html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    html.append("<meta name=\"viewport\" content=\"width=device-width\"/>\n");
    element("title", "A taste of " + words.title());
    html.append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n");
    element("h1", "A taste of " + words.title());
    html.append("<p class=\"verdict\">").append(text(found.verdict().sentence())).append("</p>\n");
    facts();
    element("h2", "Engram beside simple answers");
    comparison(words.comparison());
    html.append("<p class=\"note\">Less is better. Noise: ")
        .append(text(words.noise()))
        .append(".</p>\n");
    element("h2", "While it learned");
    chart(new LineChart(trial.overTasks(), found.errors(), "tasks"));
    if (trial.heldOut() > 0) {
      element("h2", "With fewer rows to adapt on");
      chart(new LineChart(trial.overShots(), found.errors(), "rows to adapt on"));
      html.append(
          "<p class=\"note\">On the %d tasks held out, at the end.</p>\n"
              .formatted(trial.heldOut()));
    }
    element("h2", "Columns");
    columns();
    return html.append("</body>\n</html>\n").toString();
  }

  private void facts() {
    html.append("<table class=\"facts\">\n");
    fact("predicts", words.label());
    fact("rows", words.rows());
    fact("rows per key", words.rowsPerKey());
    fact("keys differ", words.keysDiffer());
    fact("tasks", words.tasks());
    fact("learned", words.learned());
    html.append("</table>\n");
  }

  private void fact(String name, String value) {
    html.append("<tr><th>%s</th><td>%s</td></tr>\n".formatted(text(name), text(value)));
  }

  private void comparison(List<List<String>> rows) {
    html.append("<table>\n<thead>").append(row(rows.get(0), "th")).append("</thead>\n<tbody>\n");
    rows.subList(1, rows.size()).forEach(row -> html.append(row(row, "td")).append('\n'));
    html.append("</tbody>\n</table>\n");
  }

  /** Numbers between a name and words. */
  private static String row(List<String> cells, String tag) {
    StringBuilder row = new StringBuilder("<tr>");
    for (int i = 0; i < cells.size(); i++) {
      boolean number = i > 0 && i < cells.size() - 1;
      row.append(
          "<%s%s>%s</%s>"
              .formatted(tag, number ? " class=\"number\"" : "", text(cells.get(i)), tag));
    }
    return row.append("</tr>").toString();
  }

  private void chart(LineChart chart) {
    html.append(
        "<p><b class=\"engram\">Engram</b> and <b class=\"best\">%s</b>, %s</p>\n"
            .formatted(
                text(found.trial().comparison().best().title()), text(found.errors().words())));
    html.append(chart.svg());
  }

  private void columns() {
    html.append("<table>\n<tbody>\n");
    List<String> lines = new ArrayList<>();
    for (ColumnNote note : found.table().columns()) {
      lines.add("<tr><td>%s</td><td>%s</td></tr>".formatted(text(note.name()), text(note.taken())));
    }
    html.append(String.join("\n", lines)).append("\n</tbody>\n</table>\n");
  }

  private void element(String tag, String content) {
    html.append("<%s>%s</%s>\n".formatted(tag, text(content), tag));
  }

  private static String text(String raw) {
    return StringEscapeUtils.escapeXml10(raw);
  }
}
