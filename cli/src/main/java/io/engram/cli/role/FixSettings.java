package io.engram.cli.role;

import io.engram.cli.config.Layers;
import io.engram.cli.config.Settings;
import io.engram.ingest.kafka.rejected.Fix;
import io.engram.ingest.kafka.rejected.FormatFix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is to be put right in rejected records before they are sent again. */
public final class FixSettings {

  private FixSettings() {}

  /**
   * As asked for.
   *
   * @param layers the configuration that ingest has
   * @param file configuration over it, whose format reads the records; null: their values stay as they are
   * @param key the task key to send them with; null: their own
   */
  public static Fix read(Layers layers, @Nullable Path file, @Nullable String key) {
    byte[] bytes = key == null ? null : key.getBytes(StandardCharsets.UTF_8);
    if (file != null) {
      return new FormatFix(IngestSettings.decoder(Settings.load(layers.withFile(file))), bytes);
    }
    return bytes == null ? Fix.NONE : record -> new Fix.Fixed.Good(bytes, record.value());
  }
}
