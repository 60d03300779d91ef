package io.engram.cli.columns;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What a column of features was taken for, and so how a cell becomes numbers. A closed choice; all are immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "as")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Numeric.class, name = "number"),
  @JsonSubTypes.Type(value = YesNo.class, name = "yes-no"),
  @JsonSubTypes.Type(value = Moment.class, name = "date"),
  @JsonSubTypes.Type(value = Categories.class, name = "one-hot"),
  @JsonSubTypes.Type(value = HashedText.class, name = "hashed"),
  @JsonSubTypes.Type(value = Sentences.class, name = "sentences"),
  @JsonSubTypes.Type(value = LeftOut.class, name = "ignore")
})
public sealed interface Meaning
    permits Numeric, YesNo, Moment, Categories, HashedText, Sentences, LeftOut {

  /** Names of the numbers that a cell becomes, to be put behind the column's own; one for each. */
  List<String> suffixes();

  /** In words, short. */
  String words();

  /**
   * Writes a cell that is not missing.
   *
   * @param row zeros where it is written
   * @param at where the column's numbers begin
   * @throws BadCell if it is not what the column was taken for
   */
  void encode(String cell, float[] row, int at) throws BadCell;

  /** How many numbers a cell becomes. */
  @JsonIgnore
  default int width() {
    return suffixes().size();
  }

  /** Whether a cell stands for nothing. */
  default boolean missing(String cell, Marks marks) {
    return marks.missingQuantity(cell);
  }

  /** Whether a missing cell gets the means of the rows before, instead of zeros. */
  @JsonIgnore
  default boolean averaged() {
    return true;
  }
}
