/** Few-shot regression of sine waves, the toy problem of the MAML paper. */
@NullMarked
package io.engram.experiments.sinusoid;

import org.jspecify.annotations.NullMarked;
