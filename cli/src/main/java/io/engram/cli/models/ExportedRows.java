package io.engram.cli.models;

import io.engram.cli.adapt.FewShotSupport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an exported model is adapted to. */
final class ExportedRows {

  @Option(
      names = "--support",
      paramLabel = "FILE",
      description = "CSV with a header: labeled rows to adapt the exported model to; onnx alone.")
  private @Nullable Path support;

  @Option(
      names = "--label",
      paramLabel = "COL",
      description = "Its column with the label (default: the one the version predicts).")
  private @Nullable String label;

  @Option(
      names = "--ignore",
      paramLabel = "COL",
      split = ",",
      description = "Its columns that are neither label nor feature.")
  private List<String> ignore = new ArrayList<>();

  Optional<FewShotSupport> support() {
    return support == null
        ? Optional.empty()
        : Optional.of(new FewShotSupport(support, label, ignore));
  }
}
