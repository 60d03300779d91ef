@NullMarked
package io.engram.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
