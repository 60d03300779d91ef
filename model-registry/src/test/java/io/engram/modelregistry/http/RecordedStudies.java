package io.engram.modelregistry.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.modelregistry.page.Studied;
import io.engram.modelregistry.page.VersionStudies;
import io.engram.schemas.avro.ModelManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** What {@code adaptation} answered of a real run on sine waves, given for every version. */
final class RecordedStudies implements VersionStudies {

  private final Studied recorded;

  RecordedStudies() {
    try (InputStream in = RecordedStudies.class.getResourceAsStream("adaptation.json")) {
      recorded =
          new ObjectMapper()
              .readTree(in)
              .path("study")
              .traverse(new ObjectMapper())
              .readValueAs(Studied.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Studied study(long version, ModelManifest manifest, byte[] parameters) {
    return new Studied(
        version, recorded.tasks(), recorded.rows(), recorded.steps(), recorded.places());
  }

  @Override
  public void close() {}
}
