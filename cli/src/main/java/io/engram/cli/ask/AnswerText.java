package io.engram.cli.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.AnswerInterval;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.NumberAnswer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An answer in words, and as JSON. */
public final class AnswerText {

  private AnswerText() {}

  /** A line for people. */
  public static String forPeople(Answer answer) {
    String rests =
        "(version %d, adapted to %d labeled examples of the key; question %s)"
            .formatted(answer.getVersion(), answer.getSupport(), answer.getExampleId());
    if (answer.getOutcome() instanceof ClassAnswer given) {
      float[] probabilities = Tensors.floats(given.getProbabilities());
      String others =
          IntStream.range(0, probabilities.length)
              .mapToObj(
                  i ->
                      String.format(
                          Locale.ROOT, "%s %.3f", given.getClasses().get(i), probabilities[i]))
              .collect(Collectors.joining(", "));
      return "%s: %s %s".formatted(given.getLabel(), others, rests);
    }
    if (answer.getOutcome() instanceof NumberAnswer given) {
      AnswerInterval interval = given.getInterval();
      String between =
          interval == null
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", %.0f %% between %s and %s",
                  100 * interval.getLevel(),
                  interval.getLower(),
                  interval.getUpper());
      float[] values = Tensors.floats(given.getValues());
      return "%s%s %s"
          .formatted(
              values.length == 1 ? String.valueOf(values[0]) : Arrays.toString(values),
              between,
              rests);
    }
    return "no answer: %s %s".formatted(((NoAnswer) answer.getOutcome()).getReason(), rests);
  }

  /** A line for programs. */
  public static String json(ObjectMapper mapper, Answer answer) {
    ObjectNode node =
        mapper
            .createObjectNode()
            .put("id", answer.getExampleId())
            .put("model", answer.getModelName())
            .put("version", answer.getVersion())
            .put("support", answer.getSupport());
    if (answer.getOutcome() instanceof ClassAnswer given) {
      node.put("label", given.getLabel());
      ObjectNode probabilities = node.putObject("probabilities");
      float[] values = Tensors.floats(given.getProbabilities());
      for (int i = 0; i < values.length; i++) {
        probabilities.put(given.getClasses().get(i), values[i]);
      }
    } else if (answer.getOutcome() instanceof NumberAnswer given) {
      ArrayNode values = node.putArray("values");
      for (float value : Tensors.floats(given.getValues())) {
        values.add(value);
      }
      AnswerInterval interval = given.getInterval();
      if (interval != null) {
        node.putObject("interval")
            .put("level", interval.getLevel())
            .put("lower", interval.getLower())
            .put("upper", interval.getUpper());
      }
    } else {
      node.put("noAnswer", ((NoAnswer) answer.getOutcome()).getReason());
    }
    return node.toString();
  }
}
