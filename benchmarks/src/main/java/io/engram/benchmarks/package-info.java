/** Speed and learning-quality suites. */
@NullMarked
package io.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
