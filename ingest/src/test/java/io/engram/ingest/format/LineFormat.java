package io.engram.ingest.format;

import io.engram.schemas.Tensors;
import io.engram.schemas.avro.LabeledExample;
import io.engram.schemas.avro.Part;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody else's format, found by its name: lines such as {@code cat;0.5;0.25}. Nothing of ours knows it. */
public final class LineFormat implements ExampleFormat {

  @Override
  public String name() {
    return "line";
  }

  @Override
  public List<FormatKey> keys() {
    return List.of(new FormatKey("separator", ";", "One character between label and numbers."));
  }

  @Override
  public ExampleDecoder open(Map<String, String> options) {
    String separator = String.valueOf(options.get("separator"));
    if (separator.length() != 1) {
      throw new IllegalArgumentException(
          "ingest.examples.format-options.separator is '%s', allowed is one character"
              .formatted(separator));
    }
    return record -> decode(record.value(), separator);
  }

  private static ExampleDecoder.Decoded decode(byte @Nullable [] value, String separator) {
    if (value == null) {
      return new ExampleDecoder.Decoded.Undecodable("no line at all");
    }
    String line = new String(value, StandardCharsets.UTF_8);
    List<String> words = List.of(line.split(java.util.regex.Pattern.quote(separator), -1));
    float[] numbers = new float[words.size() - 1];
    try {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = Float.parseFloat(words.get(i + 1));
      }
    } catch (NumberFormatException e) {
      return new ExampleDecoder.Decoded.Undecodable(
          "'" + line + "' holds a word that is no number");
    }
    return new ExampleDecoder.Decoded.Example(
        new LabeledExample(
            line, Tensors.float32(numbers, numbers.length), words.get(0), null, Part.AUTO));
  }
}
