@NullMarked
package io.engram.benchmarks.learning;

import org.jspecify.annotations.NullMarked;
