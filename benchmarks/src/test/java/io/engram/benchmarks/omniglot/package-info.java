@NullMarked
package io.engram.benchmarks.omniglot;

import org.jspecify.annotations.NullMarked;
