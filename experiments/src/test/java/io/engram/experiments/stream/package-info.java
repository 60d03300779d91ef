@NullMarked
package io.engram.experiments.stream;

import org.jspecify.annotations.NullMarked;
