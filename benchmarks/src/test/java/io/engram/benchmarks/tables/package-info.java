@NullMarked
package io.engram.benchmarks.tables;

import org.jspecify.annotations.NullMarked;
