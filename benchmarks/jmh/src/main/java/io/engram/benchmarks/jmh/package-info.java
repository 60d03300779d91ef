/** What JMH has to say about the inner loop. */
@NullMarked
package io.engram.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
