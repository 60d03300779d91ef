/** {@code engram bench pipeline}: examples in, versions out, every role in a process of its own. */
@NullMarked
package io.engram.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
