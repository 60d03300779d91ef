@NullMarked
package io.engram.benchmarks.lifelong.live;

import org.jspecify.annotations.NullMarked;
