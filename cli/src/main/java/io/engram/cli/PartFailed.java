package io.engram.cli;

import io.engram.cli.ops.Failures;
import io.engram.cli.pipeline.Pipeline.PartFailure;
import java.nio.file.Path;

/** A part of the system has stopped by itself. */
final class PartFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PartFailed(PartFailure failure, Path log) {
    super(
        "the %s has stopped: %s (more in %s)"
            .formatted(failure.part(), Failures.inOneLine(failure.cause()), log),
        failure.cause());
  }
}
