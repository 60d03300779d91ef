package io.engram.learner;

import java.nio.file.Path;

/**
 * A learner's store.
 *
 * @param directory of its own
 * @param sync whether a commit survives the loss of power, not only of the process
 * @param rebuild whether an empty store takes θ from the champion and the memory from the log, or begins untrained
 */
public record StoreConfig(Path directory, boolean sync, boolean rebuild) {}
