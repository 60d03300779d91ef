package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker-compose.yml} against the schema of the Compose Specification. */
final class ComposeSchemaTest {

  private final JsonSchema schema = schema();

  @Test
  void theFileIsValid() {
    assertThat(problems(Repository.yaml(ComposeFile.FILE))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cluster", "demo", "gpu", "tls"})
  void whatIsLaidOverItIsValid(String overlay) {
    assertThat(problems(ComposeFile.overlay(overlay).tree())).isEmpty();
  }

  @Test
  void theSchemaSeesMistakes() {
    String text = Repository.text(ComposeFile.FILE);
    assertThat(problems(Repository.parseYaml(text.replace("mem_limit:", "memory_limit:"))))
        .hasSize(ComposeFile.read().roles().size());
    assertThat(
            problems(
                Repository.parseYaml(
                    text.replace("condition: service_healthy", "condition: service_happy"))))
        .isNotEmpty();
    assertThat(problems(Repository.parseYaml(text.replace("\nvolumes:", "\nvolume:"))))
        .isNotEmpty();
  }

  private Set<ValidationMessage> problems(JsonNode compose) {
    return schema.validate(compose);
  }

  private static JsonSchema schema() {
    try (InputStream in = ComposeSchemaTest.class.getResourceAsStream("compose-spec.json")) {
      // Its $id is relative, so it needs a place.
      return JsonSchemaFactory.getInstance(VersionFlag.V7)
          .getSchema(
              SchemaLocation.of("https://compose-spec.io/schema/"),
              new ObjectMapper().readTree(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
