package io.engram.modelregistry.page;

import java.util.Optional;

/**
 * What the page shows beside what the registry knows.
 *
 * @param pipeline how the other roles do
 * @param studies of champions; closed with the port; empty where nobody can study
 */
public record PageSources(PipelineWatch pipeline, Optional<VersionStudies> studies) {

  /** The registry alone. */
  public static final PageSources NONE = of(PipelineWatch.NONE);

  /** The other roles, and no studies. */
  public static PageSources of(PipelineWatch pipeline) {
    return new PageSources(pipeline, Optional.empty());
  }
}
