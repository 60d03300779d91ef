package io.engram.cli.taste;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Findings as lines of text. */
final class TextReport {

  private static final int MOST_COLUMNS = 24;

  private final Findings found;
  private final InWords words;

  TextReport(Findings found) {
    this.found = found;
    this.words = new InWords(found);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(words.title());
    lines.add("");
    lines.addAll(facts());
    lines.add("");
    lines.addAll(table(words.comparison()));
    lines.add("  noise: " + words.noise());
    lines.add("");
    lines.addAll(table(words.course("tasks", found.trial().overTasks())));
    if (found.trial().heldOut() > 0) {
      lines.add("");
      lines.addAll(table(words.course("rows to adapt on", found.trial().overShots())));
      lines.add("  on the %d tasks held out, at the end".formatted(found.trial().heldOut()));
    }
    lines.add("");
    lines.add(found.verdict().sentence());
    return lines;
  }

  private List<String> facts() {
    List<List<String>> facts = new ArrayList<>();
    List<ColumnNote> columns = shown();
    int name = columns.stream().mapToInt(it -> it.name().length()).max().orElse(0);
    for (ColumnNote note : columns) {
      facts.add(
          List.of(
              facts.isEmpty() ? "columns" : "", padded(note.name(), name) + "  " + note.taken()));
    }
    int others = found.table().columns().size() - columns.size();
    if (others > 0) {
      facts.add(List.of("", "and %d more, all plain numbers".formatted(others)));
    }
    facts.add(List.of("predicts", words.label()));
    facts.add(List.of("rows", words.rows()));
    facts.add(List.of("rows per key", words.rowsPerKey()));
    facts.add(List.of("keys differ", words.keysDiffer()));
    facts.add(List.of("tasks", words.tasks()));
    facts.add(List.of("learned", words.learned()));
    return facts.stream().map(fact -> padded(fact.get(0), 14) + fact.get(1)).toList();
  }

  /** All columns; of very many the first, and behind them those of which there is something to say. */
  private List<ColumnNote> shown() {
    List<ColumnNote> all = found.table().columns();
    return IntStream.range(0, all.size())
        .filter(
            i ->
                all.size() <= MOST_COLUMNS
                    || i < MOST_COLUMNS / 2
                    || !all.get(i).taken().equals(TableFile.PLAIN))
        .mapToObj(all::get)
        .toList();
  }

  /** The first column and words at the end to the left, numbers to the right. */
  private static List<String> table(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder("  ").append(padded(row.get(0), widths[0]));
      for (int i = 1; i < row.size(); i++) {
        boolean words = i == row.size() - 1 && rows.get(0).get(i).equals("what it is");
        line.append("  ").append(words ? "" : " ".repeat(widths[i] - row.get(i).length()));
        line.append(row.get(i));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
