/** What every bench shares, tested. */
@NullMarked
package io.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
