package io.engram.cli.view;

import java.io.PrintWriter;

/** Lines of text, one every few seconds: for logs and pipes. */
public final class PlainView implements View {

  private static final double SECONDS_BETWEEN_LINES = 5;

  private final PrintWriter out;
  private final Rates rates = new Rates();
  private double shownAt = -SECONDS_BETWEEN_LINES;

  public PlainView(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void note(String text) {
    out.println(text);
  }

  @Override
  public void remark(String text) {
    out.println(text);
    out.flush();
  }

  @Override
  public void started(RunInfo info) {
    out.println("learning from " + info.source());
    out.println(
        "state in %s, broker at %s, metrics %s"
            .formatted(info.state(), info.bootstrap(), info.metrics()));
    if (info.resumedAt() > 0) {
      out.println("going on after %s examples".formatted(Words.count(info.resumedAt())));
    }
  }

  @Override
  public void progress(RunStatus status) {
    rates.add(status);
    if (status.seconds() - shownAt < SECONDS_BETWEEN_LINES) {
      return;
    }
    shownAt = status.seconds();
    out.println(
        "%s: %s examples, %s tasks (%s), %s meta-updates, %s remembered, model v%d, %s %s (untrained %s)"
            .formatted(
                Words.seconds(status.seconds()),
                Words.count(status.sent()),
                Words.count(status.learned().tasks()),
                Words.rate(rates.perSecond(it -> it.learned().tasks())),
                Words.count(status.learned().metaUpdates()),
                Words.count(status.learned().memoryTasks()),
                status.modelVersion(),
                status.scores().measure().words(),
                status.scores().measure().format(status.scores().last().model()),
                status.scores().measure().format(status.scores().last().untrained())));
  }

  @Override
  public void ended(RunStatus status, Ending ending) {
    SummaryTable.lines(status, ending).forEach(out::println);
    out.flush();
  }
}
