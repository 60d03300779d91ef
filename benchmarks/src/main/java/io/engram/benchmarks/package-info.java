/** How fast it is, and whether it survives; and what every bench shares. */
@NullMarked
package io.engram.benchmarks;

import org.jspecify.annotations.NullMarked;
