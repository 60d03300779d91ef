/** What a bad tenant does to everybody else. */
@NullMarked
package io.engram.benchmarks.poison;

import org.jspecify.annotations.NullMarked;
