package io.engram.ingest.format.schema;

/**
 * How a record names its schema.
 *
 * @param kind whose number it is
 * @param value the number, or the GUID's 36 characters
 */
public record SchemaId(Kind kind, String value) {

  /** Whose number, and where a registry answers for it. */
  public enum Kind {
    /** Confluent's, 4 bytes. */
    CONFLUENT("schemas/ids/"),
    /** Confluent's, 16 bytes. */
    CONFLUENT_GUID("schemas/guids/"),
    /** Apicurio's number of a version. */
    APICURIO_GLOBAL("ids/globalIds/"),
    /** Apicurio's number of a content. */
    APICURIO_CONTENT("ids/contentIds/");

    private final String route;

    Kind(String route) {
      this.route = route;
    }
  }

  /** Below the registry's address. */
  String route() {
    return kind.route + value;
  }

  @Override
  public String toString() {
    return "schema " + value;
  }
}
