package io.engram.modelregistry.page;

import io.engram.schemas.avro.ModelManifest;

/**
 * Studies versions on the newest tasks, as whoever takes versions adapts them. The registry itself knows no networks.
 *
 * <p><b>Threading:</b> one thread at a time. <b>Time:</b> seconds. <b>Memory:</b> bounded; nothing before the first study.
 * <b>Failure:</b> any exception says why there is no study; the next may succeed.
 */
public interface VersionStudies extends AutoCloseable {

  /** Studies a version, given as it is registered. */
  Studied study(long version, ModelManifest manifest, byte[] parameters);

  @Override
  void close();
}
