package io.engram.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.engram.schemas.Tensors;
import io.engram.schemas.avro.Answer;
import io.engram.schemas.avro.AnswerInterval;
import io.engram.schemas.avro.ClassAnswer;
import io.engram.schemas.avro.NoAnswer;
import io.engram.schemas.avro.NumberAnswer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

  private static final String RESTS =
      " (version 7, adapted to 20 labeled examples of the key; question q-1)";

  @Test
  void aClassIsSaidWithAllProbabilities() {
    Answer answer =
        answer(
            new ClassAnswer(
                "spam", List.of("ham", "spam"), Tensors.float32(new float[] {0.25f, 0.75f}, 2)));
    assertThat(AnswerText.forPeople(answer)).isEqualTo("spam: ham 0.250, spam 0.750" + RESTS);
    assertThat(AnswerText.json(new ObjectMapper(), answer))
        .isEqualTo(
            "{\"id\":\"q-1\",\"model\":\"default\",\"version\":7,\"support\":20,\"label\":\"spam\",\"probabilities\":{\"ham\":0.25,\"spam\":0.75}}");
  }

  @Test
  void aNumberIsSaidWithItsIntervalWhereThereIsOne() {
    Answer answer =
        answer(
            new NumberAnswer(
                Tensors.float32(new float[] {2.5f}, 1), new AnswerInterval(0.9, 1.5f, 3.5f)));
    assertThat(AnswerText.forPeople(answer)).isEqualTo("2.5, 90 % between 1.5 and 3.5" + RESTS);
    assertThat(AnswerText.json(new ObjectMapper(), answer))
        .contains("\"values\":[2.5],\"interval\":{\"level\":0.9,\"lower\":1.5,\"upper\":3.5}");
    assertThat(
            AnswerText.forPeople(
                answer(new NumberAnswer(Tensors.float32(new float[] {1, 2}, 2), null))))
        .isEqualTo("[1.0, 2.0]" + RESTS);
  }

  @Test
  void thatThereIsNoAnswerIsSaidWithItsReason() {
    Answer answer = answer(new NoAnswer("feature 1 is NaN"));
    assertThat(AnswerText.forPeople(answer)).isEqualTo("no answer: feature 1 is NaN" + RESTS);
    assertThat(AnswerText.json(new ObjectMapper(), answer))
        .contains("\"noAnswer\":\"feature 1 is NaN\"");
  }

  private static Answer answer(Object outcome) {
    return new Answer(
        "q-1", "default", 7L, outcome, 20, 41L, Instant.EPOCH, Instant.EPOCH, "examples", 0, 1L);
  }
}
