package io.engram.cli.view;

import io.engram.core.evaluation.ScoreColumn;
import io.engram.core.evaluation.ScoreWindow;
import io.engram.model.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jline.utils.Display;
import org.jspecify.annotations.Nullable;

/** A few lines at a terminal, redrawn in place. */
public final class LiveView implements View {

  private static final int SPARKLINE_WIDTH = 40;
  private static final int LABEL_WIDTH = 10;

  private final Terminal terminal;
  private final Display display;
  private final Rates rates = new Rates();
  private @Nullable RunInfo info;

  /** Takes over the terminal's last lines. */
  public LiveView(Terminal terminal) {
    this.terminal = terminal;
    this.display = new Display(terminal, false);
  }

  /**
   * On the terminal of this process.
   *
   * @throws IOException if there is none
   */
  public static LiveView ofSystem() throws IOException {
    return new LiveView(TerminalBuilder.builder().system(true).dumb(true).build());
  }

  @Override
  public void note(String text) {
    draw(List.of(plain(text)));
  }

  @Override
  public void remark(String text) {
    draw(List.of()); // what is redrawn goes on below it
    terminal.writer().println(text);
    terminal.flush();
  }

  @Override
  public void started(RunInfo runInfo) {
    this.info = runInfo;
    draw(List.of(plain("learning from " + runInfo.source())));
  }

  @Override
  public void progress(RunStatus status) {
    rates.add(status);
    draw(lines(status));
  }

  @Override
  public void ended(RunStatus status, Ending ending) {
    rates.add(status);
    draw(List.of());
    SummaryTable.lines(status, ending).forEach(terminal.writer()::println);
    terminal.flush();
  }

  @Override
  public void close() {
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of the terminal", e);
    }
  }

  private List<AttributedString> lines(RunStatus status) {
    List<AttributedString> lines = new ArrayList<>();
    if (info != null) {
      lines.add(line("Engram", info.source()));
      lines.add(line("", "state %s · metrics %s".formatted(info.state(), info.metrics())));
    }
    lines.add(
        line(
            "examples",
            "%s in · %s · %s rejected · %s open"
                .formatted(
                    Words.count(status.sent()),
                    Words.rate(rates.perSecond(RunStatus::sent)),
                    Words.count(status.rejected()),
                    Words.count(status.open()))));
    lines.add(
        line(
            "tasks",
            "%s · %s · %s in memory"
                .formatted(
                    Words.count(status.learned().tasks()),
                    Words.rate(rates.perSecond(it -> it.learned().tasks())),
                    Words.count(status.learned().memoryTasks()))));
    lines.add(
        line(
            "model",
            "version %d · %s meta-updates · %s"
                .formatted(
                    status.modelVersion(),
                    Words.count(status.learned().metaUpdates()),
                    Words.rate(rates.perSecond(it -> it.learned().metaUpdates())))));
    lines.add(scores(status));
    if (status.answers().asked()) {
      lines.add(line("answers", AnswersLine.of(status.answers(), status.scores().measure())));
    }
    lines.add(
        line(
            "",
            "%s · Ctrl-C stops; the next start goes on from there"
                .formatted(Words.seconds(status.seconds()))));
    return lines;
  }

  private static AttributedString scores(RunStatus status) {
    ScoreWindow last = status.scores().last();
    Measure measure = status.scores().measure();
    AttributedStringBuilder line = new AttributedStringBuilder();
    line.append(line(measure.words(), ""));
    line.styled(AttributedStyle.BOLD, measure.format(last.model()));
    line.append(" over the last %d tasks".formatted(last.tasks()));
    ScoreColumn best = BestBaseline.of(last, measure).orElse(ScoreColumn.MODEL);
    for (ScoreColumn column : ScoreColumn.values()) {
      double score = last.of(column);
      boolean shown =
          column.onTheBoard() ? column == best : column.always() || Double.isFinite(score);
      if (column != ScoreColumn.MODEL && shown && !column.aboutTheModel()) {
        line.append(" · %s %s".formatted(column.words(), measure.format(score)));
      }
    }
    line.append("  ").append(Words.sparkline(status.scores().newest(), SPARKLINE_WIDTH));
    return line.toAttributedString();
  }

  private static AttributedString line(String label, String text) {
    AttributedStringBuilder line = new AttributedStringBuilder();
    int width = Math.max(LABEL_WIDTH, label.length());
    line.styled(AttributedStyle.DEFAULT.faint(), ("%-" + width + "s ").formatted(label));
    return line.append(text).toAttributedString();
  }

  private static AttributedString plain(String text) {
    return new AttributedString(text);
  }

  private void draw(List<AttributedString> lines) {
    Size size = terminal.getSize();
    int columns = Math.max(20, size.getColumns());
    display.resize(Math.max(lines.size(), size.getRows()), columns);
    display.update(lines.stream().map(line -> line.columnSubSequence(0, columns - 1)).toList(), -1);
    terminal.flush();
  }
}
