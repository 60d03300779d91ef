/** {@code engram bench hostile}: records of every bad kind on every topic, with honest traffic between. */
@NullMarked
package io.engram.benchmarks.hostile;

import org.jspecify.annotations.NullMarked;
