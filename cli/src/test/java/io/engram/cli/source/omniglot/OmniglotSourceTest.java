package io.engram.cli.source.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.engram.cli.source.Cursor;
import io.engram.cli.source.SourceException;
import io.engram.cli.source.SourceRecord;
import io.engram.cli.source.omniglot.OmniglotArchives.Sampling;
import io.engram.core.testing.TestData;
import io.engram.schemas.avro.ElementType;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OmniglotSourceTest {

  private final Path directory;

  OmniglotSourceTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void theArchivesHoldAllCharacters() {
    try (OmniglotArchives archives =
        OmniglotArchives.open(TestData.require("omniglot"), Sampling.AREA)) {
      assertThat(archives.characters()).hasSize(964 + 659).contains("ULOG/character26");
      byte[] drawing = archives.drawing("Korean/character07", 3);
      assertThat(drawing).hasSize(28 * 28).contains((byte) 0);
      int ink = 0;
      for (byte level : drawing) {
        ink += Byte.toUnsignedInt(level);
      }
      assertThat(ink / 255).as("whole pixels' worth of ink").isBetween(10, 250);
    }
  }

  @Test
  void theSplitIsTheOneOfReptilesPublishedCode() throws IOException {
    Path published = TestData.require("omniglot/splits/reptile_seed0");
    try (OmniglotArchives archives =
        OmniglotArchives.open(TestData.require("omniglot"), Sampling.AREA)) {
      CharacterSplit split = CharacterSplit.of(archives.characters());
      assertThat(split.train()).isEqualTo(Files.readAllLines(published.resolve("train.txt")));
      assertThat(split.test()).isEqualTo(Files.readAllLines(published.resolve("test.txt")));
    }
  }

  @Test
  void aSessionShowsEachClassByDifferentDrawersSupportFirst() {
    List<SourceRecord> records = read(settings(TestData.require("omniglot"), 12, 4), 0);
    assertThat(records).hasSize(12 * 5 * 16);
    Map<String, List<LabeledExample>> sessions =
        records.stream()
            .map(SourceRecord.Example.class::cast)
            .collect(
                Collectors.groupingBy(
                    SourceRecord.Example::key,
                    Collectors.mapping(SourceRecord.Example::value, Collectors.toList())));
    assertThat(sessions).hasSize(12);
    for (List<LabeledExample> session : sessions.values()) {
      assertThat(session.stream().limit(5)).allMatch(it -> it.getPart() == Part.SUPPORT);
      assertThat(session.stream().skip(5)).allMatch(it -> it.getPart() == Part.QUERY);
      assertThat(session.stream().limit(5).map(LabeledExample::getLabel)).doesNotHaveDuplicates();
      assertThat(session.stream().collect(Collectors.groupingBy(LabeledExample::getLabel)).values())
          .hasSize(5)
          .allSatisfy(
              ofClass -> assertThat(ofClass.stream().map(LabeledExample::getFeatures)).hasSize(16));
      assertThat(session.get(0).getFeatures().getElementType()).isEqualTo(ElementType.UINT8);
      assertThat(session.get(0).getFeatures().getShape()).containsExactly(1, 28, 28);
    }
  }

  @Test
  void onlyTrainingCharactersAreShown() throws IOException {
    List<String> heldOut =
        Files.readAllLines(TestData.require("omniglot/splits/reptile_seed0/test.txt"));
    List<SourceRecord> records = read(settings(TestData.require("omniglot"), 40, 4), 0);
    assertThat(
            records.stream()
                .map(it -> ((SourceRecord.Example) it).value().getLabel().toString())
                .map(label -> label.substring(0, label.lastIndexOf('/'))))
        .doesNotContainAnyElementsOf(heldOut);
  }

  @Test
  void aStreamTakenUpAnywhereGoesOnTheSame() {
    OmniglotSource.Settings settings = settings(TestData.require("omniglot"), 5, 2);
    assertThat(read(settings, 333)).isEqualTo(read(settings, 0).subList(333, 5 * 80));
  }

  @Test
  void fourQuarterTurnsAreNone() {
    byte[] image = new byte[28 * 28];
    image[1] = 1;
    assertThat(OmniglotSessions.turn(image, 4)).isEqualTo(image);
    // Right neighbour of the upper left corner goes to the lower left, one above the corner.
    assertThat(OmniglotSessions.turn(image, 1)[26 * 28]).isEqualTo((byte) 1);
  }

  @Test
  void aDirectoryWithoutTheArchivesIsNamedWithAWayOut() {
    assertThatThrownBy(() -> OmniglotSource.open(settings(directory, 1, 1)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("images_background.zip")
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("--download");
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    Files.writeString(directory.resolve("images_background.zip"), "no zip");
    assertThatThrownBy(() -> OmniglotSource.open(settings(directory, 1, 1)))
        .hasMessageContaining("not a readable zip archive");
  }

  @Test
  void aDownloadThatIsNotTheOfficialArchiveIsNotKept() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 3);
          exchange.getResponseBody().write(new byte[] {1, 2, 3});
          exchange.close();
        });
    server.start();
    try {
      URI home = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      List<String> progress = new ArrayList<>();
      assertThatThrownBy(() -> new OmniglotDownload(home, progress::add).into(directory))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("MD5 5289df737df57326fcdd22597afb1fac")
          .hasMessageContaining("68d2efa1b9178cc56df9314c21c6e718");
      assertThat(directory).isEmptyDirectory();
      assertThat(progress).hasSize(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void withoutAConnectionTheDownloadSaysWhatToDo() {
    URI nobody = URI.create("http://127.0.0.1:1/");
    assertThatThrownBy(() -> new OmniglotDownload(nobody, text -> {}).into(directory))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("cannot download images_background.zip from http://127.0.0.1:1/")
        .hasMessageContaining("by hand");
  }

  private static OmniglotSource.Settings settings(Path data, long tasks, int interleave) {
    return new OmniglotSource.Settings(
        data, "reptile", 5, 1, 15, OptionalLong.of(tasks), interleave, 3);
  }

  private static List<SourceRecord> read(OmniglotSource.Settings settings, long first) {
    List<SourceRecord> records = new ArrayList<>();
    try (OmniglotSource source = OmniglotSource.open(settings);
        Cursor cursor = source.open(first)) {
      for (SourceRecord it = cursor.next(); it != null; it = cursor.next()) {
        records.add(it);
      }
    }
    return records;
  }
}
