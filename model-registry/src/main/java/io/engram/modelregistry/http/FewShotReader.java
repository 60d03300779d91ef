package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.engram.modelregistry.serving.FewShotQuestion;
import io.engram.modelregistry.serving.ServingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question from JSON, one token after another, within limits. What is wrong is a {@link Problem} that says where. For one question.
 */
final class FewShotReader {

  private static final int DEEPEST = 8;
  private static final int LONGEST_TEXT = 1_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .maxNameLength(LONGEST_TEXT)
                  .maxNumberLength(LONGEST_TEXT)
                  .build())
          .build();

  private final ServingConfig limits;
  private final FewShotRows rows;
  private final List<float[]> questions = new ArrayList<>();
  private String version = "champion";
  private OptionalDouble level = OptionalDouble.empty();
  private boolean asks;

  private FewShotReader(ServingConfig limits) {
    this.limits = limits;
    this.rows = new FewShotRows(limits.maxFeatures());
  }

  /**
   * A question and whom it is put to.
   *
   * @param version number or alias
   */
  record Asked(String version, FewShotQuestion question) {}

  static Asked read(byte[] body, ServingConfig limits) {
    try (JsonParser json = JSON.createParser(body)) {
      return new FewShotReader(limits).read(json);
    } catch (JsonProcessingException e) {
      throw Problem.invalid("the body cannot be read as JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Asked read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw Problem.invalid("the body: expected a JSON object with 'support' and 'questions'");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      member(json.currentName(), json);
    }
    if (json.nextToken() != null) {
      throw Problem.invalid("the body: found more behind the JSON object");
    }
    if (!asks || questions.isEmpty()) {
      throw Problem.invalid("questions: expected at least 1 row of features, found none");
    }
    return new Asked(version, new FewShotQuestion(rows.support(), questions, level));
  }

  private void member(String name, JsonParser json) throws IOException {
    JsonToken token = json.nextToken();
    switch (name) {
      case "version" -> version = version(json, token);
      case "level" -> level = level(json, token);
      case "support" ->
          each("support", json, (at, inner) -> rows.addLabeled("support[%d]".formatted(at), inner));
      case "questions" -> {
        asks = true;
        each(
            "questions",
            json,
            (at, inner) -> questions.add(rows.features("questions[%d]".formatted(at), inner)));
      }
      default ->
          throw Problem.invalid(
              "unknown member '%s'; known: [level, questions, support, version]".formatted(name));
    }
  }

  private interface RowReader {
    void read(int at, JsonParser json) throws IOException;
  }

  private void each(String name, JsonParser json, RowReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw FewShotRows.unexpected(name, json, "a list of rows");
    }
    int at = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (at == limits.maxRows()) {
        throw Problem.invalid(
            "%s: more than %d rows; at most that many are taken".formatted(name, limits.maxRows()));
      }
      reader.read(at, json);
      at++;
    }
  }

  private static String version(JsonParser json, @Nullable JsonToken token) throws IOException {
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING) {
      return json.getText();
    }
    throw FewShotRows.unexpected("version", json, "a number or an alias");
  }

  private static OptionalDouble level(JsonParser json, @Nullable JsonToken token)
      throws IOException {
    if (token == null || !token.isNumeric()) {
      throw FewShotRows.unexpected("level", json, "0.5, 0.8, 0.9 or 0.95");
    }
    return OptionalDouble.of(json.getDoubleValue());
  }
}
