/** What it costs to forget a key, and whether nothing of it is left: {@code engram bench forget}. */
@NullMarked
package io.engram.benchmarks.forget;

import org.jspecify.annotations.NullMarked;
