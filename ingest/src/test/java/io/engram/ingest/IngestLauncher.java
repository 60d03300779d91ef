package io.engram.ingest;

import io.engram.ingest.domain.GroupingRules;
import io.engram.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Ingest in a process of its own, to be killed. Arguments: bootstrap servers, prefix, state directory. Ends with its input. */
final class IngestLauncher {

  private IngestLauncher() {}

  static IngestConfig config(Path stateDir) {
    return IngestConfig.defaults(stateDir)
        .with(new GroupingRules(5, 10, Duration.ofHours(1), 16 << 20));
  }

  public static void main(String[] args) throws IOException {
    IngestService service =
        IngestService.start(
            config(Path.of(args[2])),
            new Topics(args[1]),
            Map.of("bootstrap.servers", args[0]),
            new SimpleMeterRegistry());
    while (System.in.read() >= 0) {
      // Nothing is said to it; only the end counts.
    }
    service.close();
  }
}
