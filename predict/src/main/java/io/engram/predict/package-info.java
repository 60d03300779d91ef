/** Answers to examples without a label, as a stream. */
@NullMarked
package io.engram.predict;

import org.jspecify.annotations.NullMarked;
