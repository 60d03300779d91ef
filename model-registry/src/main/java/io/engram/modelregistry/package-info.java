/** Versions, promotion gate, rollback and the model-updates topic. */
@NullMarked
package io.engram.modelregistry;

import org.jspecify.annotations.NullMarked;
