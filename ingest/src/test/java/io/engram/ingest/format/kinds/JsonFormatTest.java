package io.engram.ingest.format.kinds;

import static io.engram.ingest.format.kinds.Records.example;
import static io.engram.ingest.format.kinds.Records.features;
import static io.engram.ingest.format.kinds.Records.label;
import static io.engram.ingest.format.kinds.Records.open;
import static io.engram.ingest.format.kinds.Records.reason;
import static io.engram.ingest.format.kinds.Records.record;
import static io.engram.ingest.format.kinds.Records.target;
import static io.engram.ingest.format.kinds.Records.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.ingest.format.ExampleDecoder;
import io.engram.schemas.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFormatTest {

  private final ExampleDecoder flowers =
      open("json", "label", "species", "features", "size[0], size[1], wet");

  @Test
  void fieldsBecomeAnExample() {
    var decoded =
        flowers.decode(text("{\"species\":\"iris\",\"size\":[1.5,2],\"wet\":true,\"more\":{}}"));
    assertThat(features(decoded)).containsExactly(1.5f, 2, 1);
    assertThat(label(decoded)).isEqualTo("iris");
    assertThat(example(decoded).value().getId()).isEqualTo("shop-2@41");
    assertThat(example(decoded).key()).isNull();
    assertThat(example(decoded).time()).isNull();
  }

  @Test
  void everyKeyIsTakenFromWhereItIsSaid() {
    ExampleDecoder decoder =
        open(
            "json",
            "label",
            "y: numbers",
            "features",
            "a.b[1].'odd.name', colour: one-hot(red, green, *)",
            "key",
            "$key.user",
            "id",
            "$header.trace",
            "task-id",
            "session",
            "event-time",
            "at: time(s)");
    var decoded =
        decoder.decode(
            record(
                "{\"user\": 7}",
                "{\"y\":2.5,\"a\":{\"b\":[0,{\"odd.name\":\"1e1\"}]},\"colour\":\"blue\",\"session\":12,\"at\":1700000000}"
                    .getBytes(UTF_8),
                Map.of("trace", "t-9".getBytes(UTF_8))));
    assertThat(features(decoded)).containsExactly(10, 0, 0, 1);
    assertThat(target(decoded)).containsExactly(2.5f);
    assertThat(example(decoded).key()).isEqualTo("7");
    assertThat(example(decoded).value().getId()).isEqualTo("t-9");
    assertThat(example(decoded).value().getTaskId()).isEqualTo("12");
    assertThat(example(decoded).time()).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void aVectorHasTheShapeThatIsStated() {
    ExampleDecoder decoder = open("json", "label", "c", "features", "px: numbers(1x2x2)");
    var decoded = decoder.decode(text("{\"c\":1.0,\"px\":[[1,2],[3,4]]}"));
    assertThat(example(decoded).value().getFeatures().getShape()).isEqualTo(List.of(1, 2, 2));
    assertThat(label(decoded)).isEqualTo("1");
    assertThat(reason(decoder.decode(text("{\"c\":1,\"px\":[1,2,3]}"))))
        .isEqualTo("'px' has 3 numbers, expected 4");
  }

  @Test
  void timesAreDaysOrPointsOfACircle() {
    ExampleDecoder decoder =
        open(
            "json",
            "label",
            "c",
            "features",
            "t: time, t: time(hour-of-day), n: time(us, day-of-week)");
    float[] found =
        features(
            decoder.decode(
                text("{\"c\":\"a\",\"t\":\"1970-01-02T06:00:00Z\",\"n\":345600000000}")));
    assertThat(found[0]).isEqualTo(1.25f);
    assertThat(found[1]).isEqualTo(1);
    assertThat(found[2]).isCloseTo(0, org.assertj.core.data.Offset.offset(1e-6f));
    assertThat(found[3]).isEqualTo(0); // the fifth of January 1970 was a Monday
    assertThat(found[4]).isEqualTo(1);
  }

  @Test
  void hashedCategoriesStayWhereTheyAre() {
    ExampleDecoder decoder = open("json", "label", "c", "features", "city: hashed(4)");
    assertThat(features(decoder.decode(text("{\"c\":1,\"city\":\"Ulm\"}"))))
        .containsExactly(features(decoder.decode(text("{\"city\":\"Ulm\",\"c\":2}"))));
    assertThat(features(decoder.decode(text("{\"c\":1,\"city\":\"Bonn\"}"))))
        .containsExactly(1, 0, 0, 0);
  }

  @Test
  void withoutALabelItIsAQuestionWhereThatIsSaid() {
    ExampleDecoder asking =
        open("json", "label", "y", "features", "a, b", "key", "k", "without-label", "question");
    for (String json :
        List.of("{\"a\":1,\"b\":2,\"k\":7}", "{\"a\":1,\"b\":2,\"k\":7,\"y\":null}")) {
      assertThat(asking.decode(text(json)))
          .isInstanceOfSatisfying(
              ExampleDecoder.Decoded.Question.class,
              question -> {
                assertThat(Tensors.floats(question.value().getFeatures())).containsExactly(1, 2);
                assertThat(question.value().getId()).isEqualTo("shop-2@41");
                assertThat(question.key()).isEqualTo("7");
              });
    }
    assertThat(asking.decode(text("{\"a\":1,\"k\":7}")))
        .as("features must be there all the same")
        .isInstanceOf(ExampleDecoder.Decoded.Undecodable.class);
    assertThat(flowers.decode(text("{\"size\":[1.5,2],\"wet\":true}")))
        .isInstanceOf(ExampleDecoder.Decoded.Undecodable.class);
    assertThatThrownBy(
            () -> open("json", "label", "y", "features", "a", "without-label", "perhaps"))
        .hasMessageContaining("without-label")
        .hasMessageContaining("perhaps")
        .hasMessageContaining("question");
  }

  @Test
  void whatMayBeMissingIsZero() {
    ExampleDecoder decoder =
        open("json", "label", "c", "features", "a?, b?: one-hot(x, y), d?: numbers(2)");
    assertThat(features(decoder.decode(text("{\"c\":1,\"a\":null}"))))
        .containsExactly(0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "{'species':1,'species':2} | the name 'species' stands twice",
        "{'species':1,'size':[NaN,1]} | no JSON: Non-standard token 'NaN'",
        "{'species':1} x | no JSON: Unrecognized token 'x'",
        "{'species':1} {} | no JSON: START_OBJECT follows behind the first value",
        "{'species':1 | no JSON: Unexpected end-of-input",
        "[1,2] | 'size[0]' is missing: no field 'size' in an array",
        "7 | no field 'size' in 7",
        "null | the data are null",
        "{'size':[1,2]} | 'wet' is missing: no field 'wet' among size",
        "{'size':['a',2],'wet':1,'species':1} | 'size[0]' is the text 'a', expected a number",
        "{'size':['7d',2],'wet':1,'species':1} | 'size[0]' is the text '7d', expected a number",
        "{'size':[1],'wet':1,'species':1} | 'size[1]' is missing: no element [1] in an array",
        "{'size':[1,2],'wet':1,'speceis':1} | 'species' is missing: no field 'species' among size, wet, speceis; did you mean 'speceis'?",
        "{'size':[1,2],'wet':1,'species':null} | field 'species' is null",
        "{'size':[1,2],'wet':1,'species':{}} | the label 'species' is an object, expected text",
        "{'size':[1,2],'wet':1,'species':'\\ud800'} | holds half a character (\\ud800)",
      })
  void badJsonHasAReason(String json, String expected) {
    assertThat(
            reason(
                flowers.decode(
                    text(json.replace('\'', '"').replace("speceis\"; did", "speceis'; did")))))
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "\u0001\u0002", "é", "<a/>", "hello"})
  void whatIsNoJsonIsUndecodable(String value) {
    assertThat(reason(flowers.decode(text(value)))).isNotEmpty();
  }

  @Test
  void hugeNumbersAreLeftToTheCheckOfFiniteOnes() {
    var decoded = flowers.decode(text("{\"species\":1e2,\"size\":[1e999,-1e400],\"wet\":false}"));
    assertThat(features(decoded))
        .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0);
    assertThat(label(decoded)).isEqualTo("100");
  }

  @Test
  void depthIsBounded() {
    assertThat(reason(flowers.decode(text("[".repeat(100_000))))).contains("nesting depth");
  }

  @Test
  void otherEncodingsOfJsonAreRead() {
    String json = "{\"species\":\"ä\",\"size\":[1,2],\"wet\":0}";
    assertThat(
            label(
                flowers.decode(
                    record(
                        null,
                        json.getBytes(java.nio.charset.StandardCharsets.UTF_16LE),
                        Map.of()))))
        .isEqualTo("ä");
    assertThat(label(flowers.decode(text("\ufeff" + json)))).isEqualTo("ä");
  }
}
