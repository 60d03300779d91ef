package io.engram.modelregistry.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.engram.modelregistry.serving.FewShotQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of JSON as numbers: features alone, or with a label that is of one kind throughout. */
final class FewShotRows {

  private static final int FIRST_GUESS = 32;

  private final int maxFeatures;
  private final List<float[]> features = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final List<float[]> targets = new ArrayList<>();

  FewShotRows(int maxFeatures) {
    this.maxFeatures = maxFeatures;
  }

  /** What was added. */
  FewShotQuestion.Support support() {
    if (features.isEmpty()) {
      return new FewShotQuestion.NoRows();
    }
    return targets.isEmpty()
        ? new FewShotQuestion.Labeled(features, labels)
        : new FewShotQuestion.Measured(features, targets);
  }

  /** Reads {@code {"features": [...], "label": ...}}; the parser stands on its first token, and then on its last. */
  void addLabeled(String where, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(where, json, "an object with 'features' and 'label'");
    }
    float @Nullable [] row = null;
    boolean labeled = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      switch (name) {
        case "features" -> row = numbers(where + ".features", json);
        case "label" -> {
          labeled = true;
          label(where + ".label", json);
        }
        default ->
            throw Problem.invalid(
                "%s: unknown member '%s'; known: [features, label]".formatted(where, name));
      }
    }
    if (row == null) {
      throw Problem.invalid(where + ": 'features' is missing");
    }
    if (!labeled) {
      throw Problem.invalid(where + ": 'label' is missing");
    }
    features.add(row);
  }

  /** Reads {@code [...]} or {@code {"features": [...]}}. */
  float[] features(String where, JsonParser json) throws IOException {
    if (json.currentToken() == JsonToken.START_ARRAY) {
      return numbers(where, json);
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw unexpected(where, json, "a list of numbers, or an object with 'features'");
    }
    if (json.nextToken() == JsonToken.END_OBJECT) {
      throw Problem.invalid(where + ": 'features' is missing");
    }
    if (!json.currentName().equals("features")) {
      throw Problem.invalid(
          "%s: unknown member '%s'; known: [features]".formatted(where, json.currentName()));
    }
    json.nextToken();
    float[] row = numbers(where + ".features", json);
    if (json.nextToken() != JsonToken.END_OBJECT) {
      throw Problem.invalid(
          "%s: unknown member '%s'; known: [features]".formatted(where, json.currentName()));
    }
    return row;
  }

  private void label(String where, JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    boolean text = token == JsonToken.VALUE_STRING;
    if (!text && token != JsonToken.START_ARRAY && !token.isNumeric()) {
      throw unexpected(where, json, "a text, a number or a list of numbers");
    }
    if (text ? !targets.isEmpty() : !labels.isEmpty()) {
      throw Problem.invalid(
          "%s: found %s, expected %s as in support[0]"
              .formatted(where, text ? "a text" : "a number", text ? "a number" : "a text"));
    }
    if (text) {
      labels.add(json.getText());
    } else {
      targets.add(
          token == JsonToken.START_ARRAY
              ? numbers(where, json)
              : new float[] {number(where, -1, json)});
    }
  }

  private float[] numbers(String where, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw unexpected(where, json, "a list of numbers");
    }
    float[] row = new float[FIRST_GUESS];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == maxFeatures) {
        throw Problem.invalid(
            "%s: more than %d numbers; at most that many are taken".formatted(where, maxFeatures));
      }
      if (count == row.length) {
        row = Arrays.copyOf(row, Math.min(2 * count, maxFeatures));
      }
      row[count] = number(where, count, json);
      count++;
    }
    return Arrays.copyOf(row, count);
  }

  /** The place is put into words only where something is wrong: there may be many numbers. */
  private static float number(String where, int at, JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    if (token == null || !token.isNumeric()) {
      throw unexpected(place(where, at), json, "a number");
    }
    float value = Float.parseFloat(json.getText());
    if (!Float.isFinite(value)) {
      throw Problem.invalid(
          "%s: found %s, expected a number that a float can hold"
              .formatted(place(where, at), shortened(json.getText())));
    }
    return value;
  }

  private static String place(String where, int at) {
    return at < 0 ? where : "%s[%d]".formatted(where, at);
  }

  static Problem unexpected(String where, JsonParser json, String expected) throws IOException {
    JsonToken token = json.currentToken();
    String found =
        token == null
            ? "the end"
            : switch (token) {
              case START_OBJECT -> "an object";
              case START_ARRAY -> "a list";
              case VALUE_STRING -> "the text '" + shortened(json.getText()) + "'";
              default -> shortened(json.getText());
            };
    return Problem.invalid("%s: found %s, expected %s".formatted(where, found, expected));
  }

  private static String shortened(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
