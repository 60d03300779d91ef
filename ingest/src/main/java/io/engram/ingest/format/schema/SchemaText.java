package io.engram.ingest.format.schema;

import io.engram.ingest.format.tree.AvroTrees;
import java.util.List;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes schemas of their texts. */
final class SchemaText {

  private static final String AVRO = "AVRO";
  private static final String JSON = "JSON";

  private SchemaText() {}

  /**
   * The schema of a text.
   *
   * @param type as the registry calls it; null where it does not say
   * @param references texts of the schemas that it names, those first that others name
   */
  static WriterSchema read(@Nullable String type, String text, List<String> references) {
    String word = type == null ? guess(text) : type.toUpperCase(Locale.ROOT);
    return switch (word) {
      case AVRO -> avro(text, references);
      case JSON -> new WriterSchema.Json();
      default ->
          new WriterSchema.Unreadable(
              "it is %s, which is not read; Avro and JSON are".formatted(named(word)));
    };
  }

  private static String named(String word) {
    return word.equals("PROTOBUF") ? "Protobuf" : "of the kind " + word;
  }

  /** Avro says its type in a word, or is a list or a word; JSON Schema may say object, array, … as well, but no record. */
  private static String guess(String text) {
    String start = text.strip();
    if (start.startsWith("syntax") || start.startsWith("message")) {
      return "PROTOBUF";
    }
    return avro(text, List.of()) instanceof WriterSchema.Avro ? AVRO : JSON;
  }

  private static WriterSchema avro(String text, List<String> references) {
    try {
      Schema.Parser parser = new Schema.Parser();
      references.forEach(parser::parse);
      return new WriterSchema.Avro(new AvroTrees(parser.parse(text)));
    } catch (AvroRuntimeException | IllegalArgumentException | ClassCastException e) {
      return new WriterSchema.Unreadable(
          "it is no Avro schema that can be used: " + e.getMessage());
    } catch (StackOverflowError e) {
      return new WriterSchema.Unreadable("it is nested too deeply");
    }
  }
}
