package io.engram.modelregistry.serving;

import io.engram.schemas.avro.ModelManifest;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Adapts a version to a few labeled rows and answers questions, as whoever takes versions does. The registry itself knows no networks.
 *
 * <p><b>Threading:</b> any number of threads; it computes on the caller's. <b>Time:</b> what the rows, questions and network cost; it never
 * waits for a broker. <b>Memory:</b> it may keep versions and what it adapted, within bounds of its own. <b>Idempotence:</b> the same
 * version and question are answered the same, to the bit. <b>Failure:</b> what is wrong with a question or a version is a {@link
 * Reply}; an exception is a mistake.
 */
public interface FewShotAnswerer extends AutoCloseable {

  /**
   * Answers.
   *
   * @param version what is to be adapted
   */
  Reply answer(Offer version, FewShotQuestion question);

  @Override
  default void close() {}

  /**
   * A version to answer with.
   *
   * @param parameters its bytes; asked for only where the version is not held already, and empty where they are no longer kept
   */
  record Offer(ModelManifest manifest, Supplier<Optional<byte[]>> parameters) {}
}
