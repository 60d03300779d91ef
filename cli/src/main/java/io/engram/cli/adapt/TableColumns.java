package io.engram.cli.adapt;

import io.engram.cli.columns.ColumnPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of the files are.
 *
 * @param label is to be predicted
 * @param ignore are neither label nor feature
 * @param plan how the model's rows became numbers, or null where every feature is a number
 */
public record TableColumns(String label, List<String> ignore, @Nullable ColumnPlan plan) {

  public TableColumns {
    ignore = List.copyOf(ignore);
  }
}
