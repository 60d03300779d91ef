@NullMarked
package io.engram.benchmarks.sinusoid;

import org.jspecify.annotations.NullMarked;
