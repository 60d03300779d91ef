package io.engram.cli.source.csv;

import static io.engram.cli.columns.LabelKind.AUTO;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.columns.Asked;
import io.engram.cli.columns.Decimal;
import io.engram.cli.columns.Missing;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.core.testing.TestData;
import io.engram.schemas.Tensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables as they turn up: nothing of them may take its neighbours along. */
final class CsvMishapsTest {

  private static final String HEADER = "who,x,note,kind\n";

  private final Path directory;

  CsvMishapsTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void aQuoteWithinAFieldIsACharacter() throws IOException {
    List<SourceRecord> records = read(HEADER + "a,1,5\" pipe,p\nb,2,x,q\nc,3,6\" pipe,p\n");
    assertThat(records).hasSize(3).allMatch(SourceRecord.Example.class::isInstance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,1,\"5 pipe,p", "a,1,\"5\" pipe,p", "a,1,\"\"\"5 pipe,p"})
  void aQuoteThatNothingClosesCostsItsOwnRowAlone(String row) throws IOException {
    List<SourceRecord> records = read(HEADER + row + "\nb,2,x,q\nc,3,y,p\nd,4,\"z\nz\",q\n");
    assertThat(records).hasSize(4);
    assertThat(reason(records.get(0))).startsWith("row 2: ");
    assertThat(records.subList(1, 4)).allMatch(SourceRecord.Example.class::isInstance);
    assertThat(((SourceRecord.Example) records.get(3)).value().getId()).endsWith(":5");
  }

  @Test
  void twoStrayQuotesDoNotJoinTheRowsBetween() throws IOException {
    List<SourceRecord> records =
        read(HEADER + "a,1,\"5 pipe,p\nb,2,x,q\nc,3,\"6 pipe,p\nd,4,y,p\n");
    assertThat(records.stream().map(CsvMishapsTest::reason))
        .satisfiesExactly(
            it -> assertThat(it).contains("row 2: field 3 begins with a double quote that nothing"),
            it -> assertThat(it).isNull(),
            it -> assertThat(it).contains("row 4: "),
            it -> assertThat(it).isNull());
  }

  @Test
  void delimitersAtTheEndAreNoColumn() throws IOException {
    assertThat(read("who,x,note,kind,\na,1,u,p,\nb,2,v,q,\n"))
        .hasSize(2)
        .allMatch(SourceRecord.Example.class::isInstance);
    assertThat(
            read(HEADER + "a,1,u,p,\nb,2,v,q,,\nc,3,w,p,x\n").stream().map(CsvMishapsTest::reason))
        .containsExactly(
            null,
            null,
            "row 4: found 5 columns, expected 4; a field that holds ',' must stand in double quotes");
  }

  @ParameterizedTest
  @ValueSource(strings = {";", "\t", "|"})
  void theDelimiterIsToldFromTheHeader(String delimiter) throws IOException {
    List<SourceRecord> records = read((HEADER + "a,1.5,u,p\nb,2,v,q\n").replace(",", delimiter));
    assertThat(features(records.get(0))[0]).isEqualTo(1.5f);
  }

  @Test
  void aRowInAnotherEncodingIsNamedAndItsBytesAreKept() throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (int i = 0; i < 20; i++) {
      text.append(i == 4 ? "M\u00fcller,1,u,p\n" : "a,1,u,%s\n".formatted(i % 2 == 0 ? "p" : "q"));
    }
    Files.write(file(), text.toString().getBytes(ISO_8859_1));
    List<SourceRecord> records = read(settings(), null);
    assertThat(records).hasSize(20);
    assertThat(reason(records.get(4)))
        .contains("row 6 is not UTF-8")
        .contains("'M\u00fcller,1,u,p'")
        .contains("--charset windows-1252");
    assertThat(((SourceRecord.Refused) records.get(4)).original())
        .isEqualTo("M\u00fcller,1,u,p".getBytes(ISO_8859_1));
    List<SourceRecord> told = read(settings(Charset.forName("windows-1252")), null);
    assertThat(((SourceRecord.Example) told.get(4)).key()).isEqualTo("M\u00fcller");
  }

  @Test
  void aTableInAnotherEncodingStopsTheStart() throws IOException {
    Files.write(file(), (HEADER + "M\u00fcller,1,u,p\nM\u00f6ller,2,v,q\n").getBytes(ISO_8859_1));
    assertThatThrownBy(() -> read(settings(), null))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("2 of the 2 rows")
        .hasMessageContaining("--charset windows-1252");
  }

  @Test
  void aNewClassTakesASpareOutputAndOneTooManyIsRejected() throws IOException {
    String rows = HEADER + "a,1,u,p\nb,2,v,q\n";
    Files.writeString(file(), rows);
    try (CsvSource first = open(settings(1), null)) {
      first.remember(directory);
    }
    Files.writeString(file(), rows + "c,3,u,r\nd,4,v,s\ne,5,v,p\nf,6,v,r\n");
    try (CsvSource source = open(settings(1), directory)) {
      List<SourceRecord> records = rest(source, 2);
      assertThat(records.stream().map(it -> it instanceof SourceRecord.Example))
          .containsExactly(true, false, true, true);
      assertThat(reason(records.get(1)))
          .contains("row 5, column 'kind': class 's' is new, and none of the network's 3 outputs")
          .contains("--state DIR");
      assertThat(remarks(source))
          .anyMatch(it -> it.contains("class 'r' of column 'kind' is new, first in row 4"))
          .anyMatch(it -> it.contains("class 's'"))
          .anyMatch(it -> it.equals("1 of 6 rows rejected:"));
    }
  }

  @Test
  void aLaterStartGoesOnWithThePlanOfTheFirst() throws IOException {
    String rows = HEADER + "a,1,u,p\nb,,v,q\n";
    Files.writeString(file(), rows);
    try (CsvSource first = open(settings(), directory)) {
      assertThat(remarks(first)).contains("column x: number, gaps filled and marked");
      first.remember(directory);
    }
    // Were it planned anew, the notes would be three values and x a text.
    Files.writeString(file(), rows + "c,many,w,p\nd,several,w,q\ne,lots,w,p\nf,3,w,p\n");
    try (CsvSource later = open(settings(), directory)) {
      List<SourceRecord> records = rest(later, 2);
      assertThat(reason(records.get(0))).contains("found 'many', expected a number");
      assertThat(features(records.get(3))).containsExactly(3, 0, 0, 0);
      assertThat(later.identity()).containsEntry("kind", "CLASSIFICATION");
      assertThat(remarks(later)).first().asString().contains("rows rejected");
    }
  }

  @Test
  void aReplacedFileIsNotGoneOnWith() throws IOException {
    Files.writeString(file(), HEADER + "a,1,u,p\nb,2,v,q\n");
    try (CsvSource first = open(settings(), directory)) {
      first.remember(directory);
    }
    Files.writeString(file(), HEADER + "a,1,u,p\nb,3,v,q\nc,3,v,q\n");
    assertThatThrownBy(() -> open(settings(), directory))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no longer begins with the 2 rows")
        .hasMessageContaining("--state DIR");
  }

  @Test
  void theStandardInputOfALaterStartIsKnownAgain() {
    CsvSettings settings =
        new CsvSettings("-", Asked.of("who", "kind"), CsvSettings.Reading.of(10));
    String rows = HEADER + "a,1,u,p\nb,2,v,q\nc,3,w,p\n";
    try (CsvSource first = CsvSource.open(settings, stream(rows), directory, line -> {})) {
      first.remember(directory);
    }
    String more = rows + "d,4,u,q\n";
    try (CsvSource later = CsvSource.open(settings, stream(more), directory, line -> {})) {
      assertThat(rest(later, 3)).hasSize(1);
    }
    assertThatThrownBy(
            () ->
                CsvSource.open(
                    settings, stream(HEADER + "z,1,u,p\ny,2,v,q\n"), directory, line -> {}))
        .hasMessageContaining("the standard input no longer begins");
  }

  @Test
  void thePlanOfAnotherTableIsNotTaken() throws IOException {
    Files.writeString(file(), HEADER + "a,1,u,p\nb,2,v,q\n");
    try (CsvSource first = open(settings(), directory)) {
      first.remember(directory);
    }
    CsvSettings other =
        new CsvSettings(file().toString(), Asked.of("who", "x"), CsvSettings.Reading.of(10));
    try (CsvSource source = open(other, directory)) {
      assertThat(source.plan().label().column()).isEqualTo("x");
    }
  }

  @Test
  void realAirQualityKeepsEveryRowThatHasALabel() {
    Path station =
        TestData.require("beijing_air_quality/PRSA_Data_Dingling_20130301-20170228.csv.gz");
    CsvSettings settings =
        new CsvSettings(
            station.toString(), Asked.of("station", "PM2.5"), CsvSettings.Reading.of(10));
    try (CsvSource source = open(settings, null)) {
      assertThat(source.plan().regression()).isTrue();
      assertThat(source.plan().words())
          .contains(
              "column No: left out, it numbers the rows",
              "column wd: text, one-hot of 16 values, gaps filled",
              "column CO: number, gaps filled and marked",
              "column TEMP: number, gaps filled");
      assertThat(rest(source, 0))
          .hasSize(35064)
          .allMatch(
              it ->
                  it instanceof SourceRecord.Example
                      || "missing-label".equals(((SourceRecord.Refused) it).why().category()));
    }
  }

  private Path file() {
    return directory.resolve("rows.csv");
  }

  private List<SourceRecord> read(String text) throws IOException {
    Files.writeString(file(), text);
    return read(settings(), null);
  }

  private static List<SourceRecord> read(CsvSettings settings, @Nullable Path state) {
    try (CsvSource source = open(settings, state)) {
      return rest(source, 0);
    }
  }

  private static List<SourceRecord> rest(CsvSource source, long first) {
    List<SourceRecord> records = new ArrayList<>();
    try (Cursor cursor = source.open(first)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        records.add(it);
      }
    }
    return records;
  }

  private static List<String> remarks(CsvSource source) {
    List<String> remarks = new ArrayList<>();
    for (String it = source.remark(); it != null; it = source.remark()) {
      remarks.add(it);
    }
    return remarks;
  }

  private static CsvSource open(CsvSettings settings, @Nullable Path state) {
    return CsvSource.open(settings, InputStream.nullInputStream(), state, line -> {});
  }

  private CsvSettings settings() {
    return settings(StandardCharsets.UTF_8);
  }

  private CsvSettings settings(Charset charset) {
    return new CsvSettings(
        file().toString(),
        Asked.of("who", "kind"),
        new CsvSettings.Reading(null, charset, 10, false));
  }

  private CsvSettings settings(int spareClasses) {
    List<String> none = List.of();
    Asked asked =
        new Asked("who", "kind", none, List.of(), AUTO, Missing.MARK, Decimal.AUTO, spareClasses);
    return new CsvSettings(file().toString(), asked, CsvSettings.Reading.of(10));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static float[] features(SourceRecord record) {
    return Tensors.floats(((SourceRecord.Example) record).value().getFeatures());
  }

  private static @Nullable String reason(SourceRecord record) {
    return record instanceof SourceRecord.Refused refused ? refused.why().reason() : null;
  }
}
