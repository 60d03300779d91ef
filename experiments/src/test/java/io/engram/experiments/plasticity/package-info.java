@NullMarked
package io.engram.experiments.plasticity;

import org.jspecify.annotations.NullMarked;
