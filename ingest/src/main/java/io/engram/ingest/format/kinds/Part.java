package io.engram.ingest.format.kinds;

import io.engram.ingest.format.ExampleRecord;
import org.jspecify.annotations.Nullable;

/** The two parts of a record that can be framed, and the headers that say so. */
enum Part {
  KEY("__key_schema_id", "apicurio.key.globalId", "apicurio.key.contentId"),
  VALUE("__value_schema_id", "apicurio.value.globalId", "apicurio.value.contentId");

  private final String confluentHeader;
  private final String globalIdHeader;
  private final String contentIdHeader;

  Part(String confluentHeader, String globalIdHeader, String contentIdHeader) {
    this.confluentHeader = confluentHeader;
    this.globalIdHeader = globalIdHeader;
    this.contentIdHeader = contentIdHeader;
  }

  String confluentHeader() {
    return confluentHeader;
  }

  String globalIdHeader() {
    return globalIdHeader;
  }

  String contentIdHeader() {
    return contentIdHeader;
  }

  byte @Nullable [] of(ExampleRecord record) {
    return this == KEY ? record.key() : record.value();
  }
}
