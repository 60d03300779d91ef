package io.engram.cli.source.csv;

import io.engram.cli.columns.ColumnPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A later start sees whether the rows are those of before. Owned by one thread. */
final class Recognising implements CsvOpening.Looker {

  private final CsvSettings settings;
  private final ColumnPlan earlier;
  private final @Nullable SentRows sent;
  private final SentRows.Sum sum = new SentRows.Sum();
  private final Beginnings beginning;
  private boolean same;

  /**
   * @param sent what was sent of it, or null where that is not known
   */
  Recognising(CsvSettings settings, ColumnPlan earlier, @Nullable SentRows sent) {
    this.settings = settings;
    this.earlier = earlier;
    this.sent = settings.flows() ? null : sent; // what flows is compared as it comes
    this.beginning = new Beginnings(earlier.beginning().rows());
    this.same = this.sent != null && this.sent.rows() == 0;
  }

  @Override
  public void add(Lines.Line line) {
    beginning.add(line);
    sum.add(line);
    same |= sent != null && sum.is(sent);
  }

  @Override
  public ColumnPlan plan() {
    if (settings.reading().inputContinues()) {
      return earlier;
    }
    if (sent != null && !same) {
      sum.requireAtLeast(sent.rows(), settings.words());
      throw SentRows.others(settings.words(), sent.rows());
    }
    if (sent == null && !beginning.seen().equals(earlier.beginning())) {
      throw SentRows.others(settings.words(), earlier.beginning().rows());
    }
    return earlier;
  }

  @Override
  public boolean others() {
    return settings.reading().inputContinues()
        && !(sent == null ? beginning.seen().equals(earlier.beginning()) : same);
  }

  @Override
  public List<String> remarks() {
    return others() && !settings.flows()
        ? List.of("its rows are others than those sent before, and are sent behind them")
        : List.of();
  }
}
