package io.engram.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.cli.config.InvalidSettings;
import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.cli.state.StateDirectory;
import io.engram.ingest.format.FormatChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTopicsTest {

  @TempDir Path directory;

  @Test
  void eachTopicHasItsFormat() throws IOException {
    Path file = directory.resolve("engram.conf");
    Files.writeString(
        file,
        """
        engram.ingest.examples {
          format = auto
          format-options { label = species, features = ["size[0]", "colour: one-hot(red, green)"] }
          topics {
            "shop.orders" { format = json, format-options { label = "price: numbers", features = n } }
            plain { format = avro }
          }
        }
        """);
    FormatChoice choice = format(Layers.none().withFile(file));
    assertThat(choice.name()).isEqualTo("auto");
    assertThat(choice.options()).containsEntry("features", "size[0],colour: one-hot(red, green)");
    assertThat(choice.topics()).containsExactly("plain", "shop.orders");
    assertThat(choice.others().get("shop.orders"))
        .isEqualTo(new FormatChoice("json", Map.of("label", "price: numbers", "features", "n")));
    assertThatThrownBy(
            () -> ExampleTopics.requireForgettable(Settings.load(Layers.none().withFile(file))))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("names topics that belong to others");
  }

  @Test
  void aMistakeNamesTheTopic() {
    refused(
        "ingest.examples.topics.orders.fromat=json",
        "ingest.examples.topics.orders.fromat is no key");
    refused(
        "ingest.examples.topics.orders.format=jsn",
        "ingest.examples.topics.orders.format is 'jsn', allowed is one of");
    refused(
        "ingest.examples.topics.orders.format-options.lable=y",
        "ingest.examples.topics.orders.format-options.lable is no key of the format 'auto'");
    refused("ingest.examples.format=json", "label and features are not set");
  }

  @Test
  void aKeyThatIsElsewhereCannotBeForgotten() {
    Settings settings =
        Settings.load(Layers.none().withAssignment("ingest.examples.format-options.key=user.id"));
    assertThatThrownBy(() -> ExampleTopics.requireForgettable(settings))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining("ingest.examples.format-options.key is 'user.id'");
    ExampleTopics.requireForgettable(Settings.load(Layers.none()));
  }

  private void refused(String assignment, String message) {
    assertThatThrownBy(() -> format(Layers.none().withAssignment(assignment)))
        .isInstanceOf(InvalidSettings.class)
        .hasMessageContaining(message);
  }

  private FormatChoice format(Layers layers) {
    return IngestSettings.read(
            Settings.load(layers), StateDirectory.open(directory.resolve("state")))
        .format();
  }
}
