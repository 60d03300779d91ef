package io.engram.cli.source.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.engram.cli.columns.Asked;
import io.engram.cli.columns.Decimal;
import io.engram.cli.columns.LabelKind;
import io.engram.cli.columns.Missing;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.core.testing.TestData;
import io.engram.schemas.Rejected;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Tensor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvSourceTest {

  private static final int LOOK_AHEAD = 10;
  private static final String HEADER = "who,note,x,y,kind\n";

  private final Path directory;

  CsvSourceTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void goodRowsBecomeExamplesUnderTheirKey() throws IOException {
    List<SourceRecord> records = read(HEADER + "ann, hello ,1,2.5,a\nbob,\"x, y\",-3,4e2,b\n");
    assertThat(records).hasSize(2);
    SourceRecord.Example first = (SourceRecord.Example) records.get(0);
    assertThat(first.key()).isEqualTo("ann");
    assertThat(first.value().getLabel()).isEqualTo("a");
    assertThat(Tensors.floats(first.value().getFeatures())).containsExactly(1f, 2.5f);
    SourceRecord.Example second = (SourceRecord.Example) records.get(1);
    assertThat(Tensors.floats(second.value().getFeatures())).containsExactly(-3f, 400f);
    assertThat(second.index()).isEqualTo(1);
  }

  @Test
  void everyBadRowIsRefusedWithItsRowAndColumn() throws IOException {
    List<SourceRecord> records =
        read(
            HEADER
                + "ann,,1,2,a\n"
                + "ann,,one,2,a\n"
                + "ann,,1,2,\n"
                + "ann,,1,2\n"
                + "ann,,1,NaN,a\n"
                + "ann,,?,2,a\n"
                + ",,1,2,a\n"
                + "ann,,1,Infinity,b\n");
    assertThat(records.stream().map(CsvSourceTest::reason))
        .containsExactly(
            null,
            "row 3, column 'x': found 'one', expected a number",
            "row 4, column 'kind': the label is missing",
            "row 5: found 4 columns, expected 5",
            "row 6, column 'y': the value is missing",
            "row 7, column 'x': the value is missing",
            "row 8, column 'who': the task key is missing",
            "row 9, column 'y': found Infinity, expected a finite number");
    SourceRecord.Refused refused = (SourceRecord.Refused) records.get(1);
    assertThat(new String(refused.original(), UTF_8)).isEqualTo("ann,,one,2,a");
    assertThat(refused.key()).isEqualTo("ann");
    assertThat(refused.why().source()).isEqualTo(new Rejected.Source.File(file().toString(), 3));
    assertThat(refused.why().category()).isEqualTo("not-a-number");
  }

  @Test
  void missingFeaturesMayGetTheMeanOfTheRowsBefore() throws IOException {
    CsvSettings settings = settings(file(), Missing.MEAN);
    Files.writeString(
        file(), HEADER + "ann,,NA,2,a\nann,,1,2,a\nann,,3,2,b\nann,,,2,b\nann,,?,2,a\n");
    List<SourceRecord> records = read(settings, 0);
    assertThat(reason(records.get(0))).contains("no row before");
    assertThat(feature(records.get(3))).isEqualTo(2f);
    assertThat(read(settings, 4)).hasSize(1);
    assertThat(feature(read(settings, 4).get(0))).isEqualTo(2f);
  }

  @Test
  void readingOnFromAnyIndexGivesTheSameRecords() throws IOException {
    Files.writeString(file(), HEADER + "a,,1,1,x\n\nb,,2,2,y\nc,\"two\nlines\",3,3,x\nd,,4,4,y\n");
    CsvSettings settings = settings(file(), Missing.REJECT);
    List<SourceRecord> whole = read(settings, 0);
    assertThat(whole.stream().map(SourceRecord::index)).containsExactly(0L, 1L, 2L, 3L);
    assertThat(read(settings, 2)).isEqualTo(whole.subList(2, 4));
    assertThat(((SourceRecord.Example) whole.get(3)).value().getId()).endsWith(":7");
  }

  @Test
  void readingOnBehindGapsGivesTheSameNumbers() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < 60; i++) {
      String gap = i % 7 == 3 ? "" : "%d,5".formatted(i * i);
      rows.append("k%d,,\"%s\",%s,%s\n".formatted(i % 4, gap, i % 5, i % 2 == 0 ? "a" : "b"));
    }
    Files.writeString(file(), rows);
    CsvSettings settings = settings(file(), Missing.MARK);
    List<SourceRecord> whole = read(settings, 0);
    assertThat(whole).hasSize(60).allMatch(SourceRecord.Example.class::isInstance);
    for (int first = 0; first < 60; first += 11) {
      assertThat(read(settings, first)).isEqualTo(whole.subList(first, 60));
    }
  }

  @Test
  void regressionLabelsAreNumbers() throws IOException {
    Files.writeString(file(), "k,x,y\na,1,2.5\na,1,high\n");
    CsvSettings settings =
        new CsvSettings(
            file().toString(),
            asked("k", "y", List.of(), LabelKind.REGRESSION, Missing.REJECT),
            CsvSettings.Reading.of(LOOK_AHEAD));
    List<SourceRecord> records = read(settings, 0);
    Tensor label = (Tensor) ((SourceRecord.Example) records.get(0)).value().getLabel();
    assertThat(Tensors.floats(label)).containsExactly(2.5f);
    assertThat(reason(records.get(1)))
        .isEqualTo("row 3, column 'y': found 'high', expected a number");
  }

  @Test
  void theStandardInputIsReadOnceAndRowsAlreadySentArePassedOver() {
    CsvSettings settings = settings(Path.of("-"), Missing.REJECT);
    InputStream input =
        new ByteArrayInputStream((HEADER + "a,,1,1,x\nb,,2,2,y\nc,,3,3,x\n").getBytes(UTF_8));
    try (CsvSource source = CsvSource.open(settings, input, null, line -> {});
        Cursor cursor = source.open(2)) {
      SourceRecord record = cursor.next();
      assertThat(record).isNotNull();
      assertThat(((SourceRecord.Example) record).key()).isEqualTo("c");
      assertThat(record.index()).isEqualTo(2);
      assertThat(cursor.next()).isNull();
    }
  }

  @Test
  @SuppressWarnings("try") // the writer is closed early because that is the end of the input
  void theEndOfTheInputIsToldFromAPause() throws IOException {
    StringBuilder rows = new StringBuilder(HEADER);
    for (int i = 0; i < LOOK_AHEAD; i++) {
      rows.append("a,,1,%d,%s\n".formatted(i, i % 2 == 0 ? "p" : "q"));
    }
    try (PipedOutputStream writer = new PipedOutputStream();
        PipedInputStream input = new PipedInputStream(writer, 1 << 16)) {
      writer.write(rows.toString().getBytes(UTF_8));
      try (CsvSource source =
              CsvSource.open(settings(Path.of("-"), Missing.REJECT), input, null, line -> {});
          Cursor cursor = source.open(LOOK_AHEAD)) {
        assertThat(cursor.ready()).isFalse();
        writer.write("b,,1,1,p\n".getBytes(UTF_8));
        writer.flush();
        await().until(cursor::ready);
        assertThat(cursor.next()).isInstanceOf(SourceRecord.Example.class);
        writer.close();
        await().until(cursor::ready);
        assertThat(cursor.next()).isNull();
      }
    }
  }

  @Test
  void aColumnThatIsNotThereIsNamedTogetherWithThoseThatAre() throws IOException {
    Files.writeString(file(), "a,b\n1,2\n");
    assertThatThrownBy(() -> open(settings(file(), Missing.REJECT)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("--key 'who' is not a column of")
        .hasMessageContaining("its columns are a, b");
  }

  @Test
  void aTextColumnIsOneHot() throws IOException {
    Files.writeString(file(), "who,note,x,wd,kind\na,,1,NNW,p\na,,1,S,q\n");
    CsvSettings settings = settings(file(), Missing.REJECT);
    assertThat(read(settings, 0).stream().map(CsvSourceTest::features))
        .containsExactly(List.of(1f, 1f, 0f), List.of(1f, 0f, 1f));
    try (CsvSource source = open(settings)) {
      assertThat(source.plan().names()).containsExactly("x", "wd=NNW", "wd=S");
    }
  }

  @Test
  void emptyFilesAndMissingFilesAreSaidToBeSo() throws IOException {
    assertThatThrownBy(() -> open(settings(file(), Missing.REJECT)))
        .hasMessageContaining("cannot be read");
    Files.writeString(file(), "");
    assertThatThrownBy(() -> open(settings(file(), Missing.REJECT)))
        .hasMessageContaining("is empty");
    Files.writeString(file(), HEADER);
    assertThatThrownBy(() -> open(settings(file(), Missing.REJECT)))
        .hasMessageContaining("no rows");
  }

  @Test
  void realAirQualityIsReadWithItsGapsRejected() {
    Path station =
        TestData.require("beijing_air_quality/PRSA_Data_Dingling_20130301-20170228.csv.gz");
    CsvSettings settings =
        new CsvSettings(
            station.toString(),
            asked("station", "PM2.5", List.of("No", "wd"), LabelKind.REGRESSION, Missing.REJECT),
            CsvSettings.Reading.of(LOOK_AHEAD));
    List<SourceRecord> records = read(settings, 0);
    assertThat(records).hasSize(35064);
    long good = records.stream().filter(SourceRecord.Example.class::isInstance).count();
    assertThat(good).isBetween(30_000L, 35_000L);
    assertThat(records.stream().map(CsvSourceTest::reason))
        .allMatch(reason -> reason == null || reason.contains("missing"));
  }

  private Path file() {
    return directory.resolve("rows.csv");
  }

  private List<SourceRecord> read(String text) throws IOException {
    Files.writeString(file(), text);
    return read(settings(file(), Missing.REJECT), 0);
  }

  private static CsvSource open(CsvSettings settings) {
    return CsvSource.open(settings, InputStream.nullInputStream(), null, line -> {});
  }

  private static List<SourceRecord> read(CsvSettings settings, long first) {
    List<SourceRecord> records = new ArrayList<>();
    try (CsvSource source = open(settings);
        Cursor cursor = source.open(first)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        if (it instanceof SourceRecord.Refused && records.size() > 100_000) {
          throw new AssertionError("runs away");
        }
        records.add(it);
      }
    }
    return records;
  }

  private static CsvSettings settings(Path file, Missing missing) {
    return new CsvSettings(
        file.toString(),
        asked("who", "kind", List.of("note"), LabelKind.CLASSIFICATION, missing),
        CsvSettings.Reading.of(LOOK_AHEAD));
  }

  private static Asked asked(
      String key, String label, List<String> ignore, LabelKind kind, Missing missing) {
    return new Asked(key, label, ignore, List.of(), kind, missing, Decimal.AUTO, 4);
  }

  private static List<Float> features(SourceRecord record) {
    List<Float> features = new ArrayList<>();
    for (float feature : Tensors.floats(((SourceRecord.Example) record).value().getFeatures())) {
      features.add(feature);
    }
    return features;
  }

  private static float feature(SourceRecord record) {
    return Tensors.floats(((SourceRecord.Example) record).value().getFeatures())[0];
  }

  private static @Nullable String reason(SourceRecord record) {
    return record instanceof SourceRecord.Refused refused ? refused.why().reason() : null;
  }
}
