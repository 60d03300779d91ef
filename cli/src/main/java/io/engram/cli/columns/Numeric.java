package io.engram.cli.columns;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Numbers.
 *
 * @param notation how they are written
 * @param offset what is taken off each, so that its differences survive in 32 bits; 0 for most
 */
public record Numeric(Notation notation, double offset) implements Meaning {

  private static final Set<String> NOT_FINITE =
      Set.of("nan", "infinity", "-infinity", "+infinity", "inf", "-inf", "+inf");

  @Override
  public List<String> suffixes() {
    return List.of("");
  }

  @Override
  public String words() {
    return "number"
        + (notation == Notation.COMMA ? ", " + notation.words() : "")
        + (offset == 0 ? "" : ", less " + new BigDecimal(offset).toPlainString());
  }

  @Override
  public void encode(String cell, float[] row, int at) throws BadCell {
    row[at] = value(cell);
  }

  /**
   * What the learner gets of a cell: its number less the offset.
   *
   * @throws BadCell if it holds no finite number
   */
  public float value(String cell) throws BadCell {
    String plain = notation.plain(cell);
    if (plain == null) {
      throw NOT_FINITE.contains(cell.toLowerCase(Locale.ROOT))
          ? new BadCell("not-finite", "found %s, expected a finite number".formatted(cell))
          : new BadCell(
              "not-a-number",
              "found '%s', expected a number%s"
                  .formatted(cell, notation == Notation.COMMA ? " with a decimal comma" : ""));
    }
    // Without an offset one rounding, straight to 32 bits.
    float value =
        offset == 0 ? Float.parseFloat(plain) : (float) (Double.parseDouble(plain) - offset);
    if (!Float.isFinite(value)) {
      throw new BadCell("not-finite", "found %s, expected a finite number".formatted(cell));
    }
    return value;
  }
}
