package io.engram.modelregistry.http;

import io.engram.schemas.WireSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the bytes on the topics are written by, for programs in other languages. */
final class Schemas {

  private Schemas() {}

  static Answer all(Call call) {
    List<Map<String, Object>> rows =
        WireSchema.shipped().stream()
            .map(
                it ->
                    Views.ordered(
                        "name",
                        it.name(),
                        "record",
                        it.record(),
                        "number",
                        it.number(),
                        "fingerprint",
                        it.fingerprint()))
            .toList();
    return Answer.json(Views.ordered("schemas", rows));
  }

  /** By record, record and number, or fingerprint. */
  static Answer one(Call call) {
    String name = call.path("schema");
    WireSchema schema =
        WireSchema.find(name)
            .orElseThrow(
                () ->
                    Problem.notFound(
                        "there is no schema '%s'; there are %s"
                            .formatted(
                                name,
                                WireSchema.shipped().stream().map(WireSchema::name).toList())));
    return Answer.bytes(200, "application/json", schema.json().getBytes(StandardCharsets.UTF_8));
  }
}
