package io.engram.cli.columns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NotationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,234.5 | 1234.5",
        "1,234,567 | 1234567",
        "-1 234.5 | -1234.5",
        "1'234.5 | 1234.5",
        "+.5e-3 | .5E-3",
        "12. | 12.",
        "$1,234.50 | 1234.50",
        "-€ 5 | -5",
        "12.5 % | 12.5",
        "\u22127 | -7"
      })
  void aPointIsReadWithThousandsSetApart(String cell, String plain) {
    assertThat(Notation.POINT.plain(cell)).isEqualTo(plain);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"1.234,5 | 1234.5", "3,5 | 3.5", "1.234.567 | 1234567", "12 345,6 | 12345.6"})
  void aCommaIsReadWithThousandsSetApart(String cell, String plain) {
    assertThat(Notation.COMMA.plain(cell)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "%",
        "5 %%",
        "5 5 %",
        "7d",
        "7f",
        "1L",
        "0x1p3",
        "NaN",
        "Infinity",
        "1,23",
        "12,34,567",
        "1234,567",
        ",123",
        "1,234 567",
        "1_000",
        "e5",
        "1e",
        ".",
        "-",
        "1.2.3",
        "--1",
        "\u0661"
      })
  void whatLooksLikeANumberToAProgramAloneIsNone(String cell) {
    assertThat(Notation.POINT.plain(cell)).isNull();
  }

  @Property
  void whatJavaPrintsIsReadBack(@ForAll double value) {
    if (Double.isFinite(value)) {
      assertThat(Notation.POINT.plain(Double.toString(value)))
          .satisfies(plain -> assertThat(Double.parseDouble(plain)).isEqualTo(value));
    }
  }

  @Property
  void whatIsWrittenWithThousandsIsReadBack(@ForAll int value) {
    String english = String.format(Locale.ROOT, "%,d", value);
    assertThat(Notation.POINT.plain(english)).isEqualTo(Integer.toString(value));
    assertThat(Notation.COMMA.plain(english.replace(',', '.'))).isEqualTo(Integer.toString(value));
  }

  @Property
  void everyTextIsANumberOrNone(@ForAll String cell) {
    for (Notation notation : Notation.values()) {
      String plain = notation.plain(cell);
      if (plain != null) {
        assertThat(Double.parseDouble(plain)).isNotNaN();
      }
    }
  }
}
