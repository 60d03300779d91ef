@NullMarked
package io.engram.benchmarks.lifelong;

import org.jspecify.annotations.NullMarked;
