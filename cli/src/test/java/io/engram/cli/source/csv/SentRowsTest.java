package io.engram.cli.source.csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.columns.Asked;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were sent are never passed over unless they are the same rows. */
final class SentRowsTest {

  private static final String HEADER = "who,x,kind\n";
  private static final int MORE_THAN_A_BEGINNING = 150;

  private final Path directory;
  private final Path file;

  SentRowsTest(@TempDir Path directory) {
    this.directory = directory;
    this.file = directory.resolve("rows.csv");
  }

  @Test
  void aRowThatWasChangedFarBehindTheBeginningIsNoticed() throws IOException {
    send(table(MORE_THAN_A_BEGINNING, 0));
    Files.writeString(file, table(MORE_THAN_A_BEGINNING, 7) + "c,1,p\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("no longer begins with the 150 rows that were sent from it")
        .hasMessageContaining("--state DIR");
  }

  @Test
  void aFileThatHasFewerRowsThanWereSentIsNoticed() throws IOException {
    send(table(MORE_THAN_A_BEGINNING, 0));
    Files.writeString(file, table(MORE_THAN_A_BEGINNING - 1, 0));
    assertThatThrownBy(this::open).hasMessageContaining("has 149 rows, but 150 were sent");
  }

  @Test
  void rowsBehindThoseThatWereSentAreGoneOnWith() throws IOException {
    send(table(MORE_THAN_A_BEGINNING, 0));
    Files.writeString(file, table(MORE_THAN_A_BEGINNING, 0) + "c,1,p\n");
    try (CsvSource source = open();
        Cursor cursor = source.open(MORE_THAN_A_BEGINNING)) {
      assertThat(cursor.next()).isNotNull();
      assertThat(cursor.next()).isNull();
    }
  }

  @Test
  void otherRowsAreSentBehindThemWhereThatIsSaid() throws IOException {
    send(table(MORE_THAN_A_BEGINNING, 0));
    Path next = Files.writeString(directory.resolve("next.csv"), table(30, 0));
    CsvSettings goesOn =
        new CsvSettings(
            next.toString(),
            Asked.of("who", "kind"),
            new CsvSettings.Reading(null, StandardCharsets.UTF_8, 10, true));
    try (CsvSource source = open(goesOn);
        Cursor cursor = source.open(MORE_THAN_A_BEGINNING)) {
      assertThat(cursor.next()).extracting(SourceRecord::index).isEqualTo(150L);
      assertThat(cursor.next()).extracting(SourceRecord::index).isEqualTo(151L);
      cursor.committed();
    }
    // Killed and started again, it goes on within the new rows.
    try (CsvSource source = open(goesOn);
        Cursor cursor = source.open(MORE_THAN_A_BEGINNING + 3)) {
      SourceRecord.Example fourth = (SourceRecord.Example) requireNonNull(cursor.next());
      assertThat(fourth.index()).isEqualTo(153);
      assertThat(fourth.value().getId()).endsWith("next.csv:5");
    }
  }

  @Test
  void aSecondPipeIsNoticedAsItComes() {
    CsvSettings settings =
        new CsvSettings("-", Asked.of("who", "kind"), CsvSettings.Reading.of(10));
    String rows = table(MORE_THAN_A_BEGINNING, 0);
    try (CsvSource source = CsvSource.open(settings, stream(rows), directory, line -> {})) {
      source.remember(directory);
      sendAll(source);
    }
    // Alike for as long as anybody looks before the start.
    String other = table(MORE_THAN_A_BEGINNING, 7);
    try (CsvSource source = CsvSource.open(settings, stream(other), directory, line -> {})) {
      assertThatThrownBy(() -> source.open(MORE_THAN_A_BEGINNING))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the standard input no longer begins with the 150 rows")
          .hasMessageContaining("source.csv.input-continues=true");
    }
    String shorter = table(20, 0);
    try (CsvSource source = CsvSource.open(settings, stream(shorter), directory, line -> {})) {
      assertThatThrownBy(() -> source.open(MORE_THAN_A_BEGINNING))
          .hasMessageContaining("the standard input has 20 rows, but 150 were sent");
    }
  }

  @Test
  void aPipeThatGoesOnIsNotCompared() {
    CsvSettings settings =
        new CsvSettings(
            "-",
            Asked.of("who", "kind"),
            new CsvSettings.Reading(null, StandardCharsets.UTF_8, 10, true));
    try (CsvSource source = CsvSource.open(settings, stream(table(50, 0)), directory, line -> {})) {
      source.remember(directory);
      sendAll(source);
    }
    try (CsvSource source = CsvSource.open(settings, stream(table(5, 3)), directory, line -> {});
        Cursor cursor = source.open(50)) {
      assertThat(cursor.next()).isNotNull();
    }
  }

  private void send(String rows) throws IOException {
    Files.writeString(file, rows);
    try (CsvSource source = open()) {
      source.remember(directory);
      sendAll(source);
    }
  }

  private static void sendAll(CsvSource source) {
    try (Cursor cursor = source.open(0)) {
      while (cursor.next() != null) {
        cursor.committed();
      }
    }
  }

  private CsvSource open() {
    return open(
        new CsvSettings(file.toString(), Asked.of("who", "kind"), CsvSettings.Reading.of(10)));
  }

  private CsvSource open(CsvSettings settings) {
    return CsvSource.open(settings, InputStream.nullInputStream(), directory, line -> {});
  }

  private static String table(int rows, int added) {
    StringBuilder table = new StringBuilder(HEADER);
    for (int i = 0; i < rows; i++) {
      int x = i == MORE_THAN_A_BEGINNING - 5 ? i + added : i;
      table.append("w%d,%d,%s\n".formatted(i % 3, x, i % 2 == 0 ? "p" : "q"));
    }
    return table.toString();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
