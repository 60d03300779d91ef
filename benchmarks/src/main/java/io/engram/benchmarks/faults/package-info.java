/** {@code engram bench faults}: roles as processes, killed, frozen, cut off from the broker, and out of disk. */
@NullMarked
package io.engram.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
