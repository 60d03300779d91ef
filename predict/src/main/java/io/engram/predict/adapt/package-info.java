/** Answers with a published version, adapted to a key's labeled examples. */
@NullMarked
package io.engram.predict.adapt;

import org.jspecify.annotations.NullMarked;
