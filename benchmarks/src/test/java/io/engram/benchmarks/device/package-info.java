@NullMarked
package io.engram.benchmarks.device;

import org.jspecify.annotations.NullMarked;
