package io.engram.modelregistry.page;

/** Knows how the other roles do. Asked about once a second by any thread; answers within seconds and never throws. */
@FunctionalInterface
public interface PipelineWatch {

  /** Knows nothing. */
  PipelineWatch NONE = () -> PipelineStatus.UNKNOWN;

  /** What is known now. */
  PipelineStatus now();
}
