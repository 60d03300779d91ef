package io.engram.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.junit.jupiter.api.Test;

class WireSchemaTest {

  private static final Path PYTHON = Path.of("../python/engram/schemas");

  @Test
  void eachIsReadByItself() {
    assertThat(WireSchema.shipped()).hasSizeGreaterThanOrEqualTo(7);
    for (WireSchema each : WireSchema.shipped()) {
      Schema parsed = new Schema.Parser().parse(each.json());
      assertThat(parsed.getName()).isEqualTo(each.record());
      assertThat("%016x".formatted(SchemaNormalization.parsingFingerprint64(parsed)))
          .isEqualTo(each.fingerprint());
      assertThat(WireSchema.find(each.name())).contains(each);
      assertThat(WireSchema.find(each.fingerprint())).contains(each);
    }
  }

  @Test
  void aRecordsNewestIsWhatThisProgramWrites() {
    for (SingleObjectCodec<?> codec :
        List.of(Wire.labeledExample(), Wire.task(), Wire.modelManifest(), Wire.modelChunk())) {
      String written = "%016x".formatted(codec.fingerprint());
      WireSchema schema = WireSchema.find(written).orElseThrow();
      assertThat(WireSchema.find(schema.record())).contains(schema);
    }
    assertThat(WireSchema.find("Nothing")).isEmpty();
  }

  @Test
  void thePythonPackageHasTheSame() throws IOException {
    try (Stream<Path> files = Files.list(PYTHON)) {
      assertThat(files.map(it -> it.getFileName().toString()))
          .as("a new file of history/? cd python && python3 -m tests.refresh")
          .containsExactlyInAnyOrderElementsOf(SchemaHistory.files());
    }
    for (String file : SchemaHistory.files()) {
      assertThat(Files.readString(PYTHON.resolve(file)))
          .as("%s: cd python && python3 -m tests.refresh", file)
          .isEqualTo(SchemaHistory.text(file));
    }
  }
}
