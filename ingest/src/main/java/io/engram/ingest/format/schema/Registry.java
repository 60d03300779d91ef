package io.engram.ingest.format.schema;

import io.engram.ingest.format.tree.JsonTrees;
import io.engram.ingest.format.tree.Nodes;
import io.engram.ingest.format.tree.Parsed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schemas of a registry that speaks as Confluent's does, or as Apicurio's. */
final class Registry implements SchemaSource {

  private static final int MOST_REFERENCES = 100;

  private final RegistryHttp http;

  Registry(RegistryHttp http) {
    this.http = http;
  }

  @Override
  public Lookup find(SchemaId id) {
    RegistryAnswer answer = http.get(id.route());
    if (answer instanceof RegistryAnswer.Absent) {
      return new Lookup.Unknown("the registry %s does not know it".formatted(http));
    }
    if (answer instanceof RegistryAnswer.Failed failed) {
      return down(failed);
    }
    RegistryAnswer.Text text = (RegistryAnswer.Text) answer;
    return switch (id.kind()) {
      case CONFLUENT, CONFLUENT_GUID -> confluent(text.body());
      case APICURIO_GLOBAL, APICURIO_CONTENT ->
          new Lookup.Found(
              SchemaText.read(text.type().isEmpty() ? null : text.type(), text.body(), List.of()));
    };
  }

  private Lookup confluent(String body) {
    Object root = root(body);
    if (!(Nodes.field(root, "schema") instanceof String schema)) {
      return new Lookup.NotNow(
          "the registry %s answers with something else than a schema".formatted(http));
    }
    Object type = Nodes.field(root, "schemaType");
    Map<String, String> references = new LinkedHashMap<>();
    RegistryAnswer.Failed failed = collect(root, references, 0);
    return failed == null
        ? new Lookup.Found(
            SchemaText.read(
                type instanceof String word ? word : "AVRO",
                schema,
                List.copyOf(references.values())))
        : down(failed);
  }

  /** What a schema refers to, first that which is referred to by others. */
  private RegistryAnswer.@Nullable Failed collect(
      @Nullable Object schema, Map<String, String> into, int depth) {
    if (!(Nodes.field(schema, "references") instanceof List<?> references)) {
      return null;
    }
    for (Object reference : references) {
      String route =
          "subjects/%s/versions/%s"
              .formatted(
                  URLEncoder.encode(
                      String.valueOf(Nodes.field(reference, "subject")), StandardCharsets.UTF_8),
                  Nodes.field(reference, "version"));
      if (into.containsKey(route)) {
        continue;
      }
      if (depth + into.size() > MOST_REFERENCES) {
        return new RegistryAnswer.Failed("too many references");
      }
      RegistryAnswer answer = http.get(route);
      if (!(answer instanceof RegistryAnswer.Text text)) {
        return answer instanceof RegistryAnswer.Failed failed
            ? failed
            : new RegistryAnswer.Failed("it lacks " + route);
      }
      Object found = root(text.body());
      RegistryAnswer.Failed failed = collect(found, into, depth + 1);
      if (failed != null) {
        return failed;
      }
      into.put(route, String.valueOf(Nodes.field(found, "schema")));
    }
    return null;
  }

  private static @Nullable Object root(String body) {
    return JsonTrees.read(body.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Tree tree
        ? tree.root()
        : null;
  }

  private Lookup down(RegistryAnswer.Failed failed) {
    return new Lookup.NotNow(
        "the schema registry %s does not answer: %s".formatted(http, failed.why()));
  }
}
