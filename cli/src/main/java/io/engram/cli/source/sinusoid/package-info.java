/** The sine-wave regression tasks of the MAML paper, drifting slowly. */
@NullMarked
package io.engram.cli.source.sinusoid;

import org.jspecify.annotations.NullMarked;
