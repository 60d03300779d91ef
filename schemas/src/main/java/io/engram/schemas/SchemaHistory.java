package io.engram.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.jspecify.annotations.Nullable;

/**
 * Every version of every record that was ever written, by fingerprint, so that bytes of an older or newer writer can be
 * resolved. A changed {@code .avsc} needs a new file here; the test of the wire fails until it stands there.
 */
final class SchemaHistory {

  private static final String FOLDER = "history/";
  private static final String INDEX = FOLDER + "index";

  private final Map<Long, Schema> byFingerprint;

  private SchemaHistory(Map<Long, Schema> byFingerprint) {
    this.byFingerprint = byFingerprint;
  }

  /** Reads the versions that are shipped with this module. */
  static SchemaHistory shipped() {
    return of(files().stream().map(file -> parse(text(file))).toList());
  }

  /** Names of their files, such as {@code Task.1.avsc}. */
  static List<String> files() {
    return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /** What stands in a file. */
  static String text(String file) {
    return resource(FOLDER + file);
  }

  static Schema parse(String text) {
    return new Schema.Parser().parse(text);
  }

  static SchemaHistory of(List<Schema> versions) {
    return new SchemaHistory(
        versions.stream()
            .collect(Collectors.toUnmodifiableMap(SchemaHistory::fingerprint, version -> version)));
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  @Nullable Schema find(long fingerprint) {
    return byFingerprint.get(fingerprint);
  }

  private static String resource(String resource) {
    try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the schemas jar is damaged: it lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the schemas jar is damaged: cannot read " + resource, e);
    }
  }
}
