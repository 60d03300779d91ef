package io.engram.cli.columns;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What the label column was taken for. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "as")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LabelPlan.Classes.class, name = "classes"),
  @JsonSubTypes.Type(value = LabelPlan.Numbers.class, name = "numbers")
})
public sealed interface LabelPlan {

  /** The column's name. */
  String column();

  /** In words, short. */
  String words();

  /**
   * Names of classes.
   *
   * @param values found when it was planned, sorted
   * @param spare outputs kept for others
   * @param commonest the share of the commonest, in words
   */
  record Classes(String column, List<String> values, int spare, String commonest)
      implements LabelPlan {

    public Classes {
      values = List.copyOf(values);
    }

    /** How many a network has to tell apart. */
    public int outputs() {
      return values.size() + spare;
    }

    @Override
    public String words() {
      return "label %s: %d classes, most often %s%s"
          .formatted(
              column,
              values.size(),
              commonest,
              spare == 0 ? "" : ", room for %d that turn up later".formatted(spare));
    }
  }

  /**
   * Numbers to predict.
   *
   * @param numeric how they are written and what is taken off them
   */
  record Numbers(String column, Numeric numeric) implements LabelPlan {

    @Override
    public String words() {
      return "label %s: %s%s"
          .formatted(
              column,
              numeric.words(),
              numeric.offset() == 0
                  ? ""
                  : " (32-bit floats cannot tell its values apart, only their differences)");
    }
  }
}
