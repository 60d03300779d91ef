package io.engram.ingest.format.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.ingest.format.ExampleFormats;
import io.engram.ingest.format.FormatChoice;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a mapping is said before anything starts. */
class MappingConfigTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "label | a..b | label: 'a..b' is no path: at character 3 expected the name of a field",
        "label | a[x] | label: 'a[x]' is no path: at character 3 expected an index such as [0]",
        "label | $kye | label: '$kye' begins with $kye, allowed is one of $value, $key, $header, $envelope, $topic, $timestamp; did you mean '$key'?",
        "label | a, b | label: 'a, b' are 2 classes, expected one, or numbers",
        "label | a? | label: 'a?': a label cannot be optional",
        "label | a: colour | label: 'a' is called 'colour', allowed is one of numbers, one-hot, hashed, time, image",
        "features | a: nubmers | features: 'a' is called 'nubmers', allowed is one of numbers, one-hot, hashed, time, image; did you mean 'numbers'?",
        "features | a: one-hot | features: 'a: one-hot' has the categories [], expected different ones",
        "features | a: one-hot(x, x) | features: 'a: one-hot' has the categories [x, x]",
        "features | a: hashed(1) | features: 'a: hashed(1)' takes a number from 2 to 999999",
        "features | a: time(hour-of-dy) | features: 'a: time(hour-of-dy)' takes some of ms, ns, s, us, days, hour-of-day, day-of-week, day-of-year; did you mean 'hour-of-day'?",
        "features | a: numbers(0x3) | features: '0x3' is no shape",
        "features | a: image(28x28) | features: an image has the shape [28, 28], expected channels (1 or 3), height and width",
        "features | a: image(1x2x2), b | features: an image stands alone, found 2 fields",
        "features | a: numbers(3 | features: 'a: numbers(3' lacks its closing parenthesis",
        "key | $header.' | key: '$header.'' is no path: at character 9 expected a closing quote",
        "event-time | a: hashed(2) | event-time: 'a: hashed(2)' is no time",
        "weight | w | weight is 'w', but examples have no weights: all of a task count alike; leave it out",
      })
  void aMistakeIsNamed(String key, String value, String expected) {
    Map<String, String> options = new HashMap<>(Map.of("label", "y", "features", "x"));
    options.put(key, value);
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("json", options)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("ingest.examples.format-options." + expected);
  }

  @Test
  void aKeyThatIsNoneIsMetWithTheNearest() {
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("json", Map.of("lable", "y"))))
        .hasMessageEndingWith("did you mean 'label'?")
        .hasMessageStartingWith(
            "ingest.examples.format-options.lable is no key of the format 'json'");
  }

  @Test
  void labelAndFeaturesMustBeSet() {
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("json", Map.of())))
        .hasMessageContaining("label and features are not set");
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("auto", Map.of("label", "y"))))
        .hasMessage(
            "ingest.examples.format-options.features is not set, expected what it is made of in a record, as label is");
    assertThat(ExampleFormats.open(new FormatChoice("auto", Map.of()))).isNotNull();
  }

  @Test
  void whereSchemasComeFromMustBeSet() {
    Map<String, String> mapping = Map.of("label", "y", "features", "x");
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("confluent", mapping)))
        .hasMessageContaining("registry-url and registry-dir are not set");
    Map<String, String> bad = new HashMap<>(mapping);
    bad.put("registry-url", "registry:8081");
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("confluent", bad)))
        .hasMessage(
            "ingest.examples.format-options.registry-url is 'registry:8081', expected one such as http://registry:8081");
    bad.put("registry-dir", "/no/such/place");
    assertThatThrownBy(() -> ExampleFormats.open(new FormatChoice("confluent", bad)))
        .hasMessageContaining("registry-dir is '/no/such/place', which is no directory");
  }
}
