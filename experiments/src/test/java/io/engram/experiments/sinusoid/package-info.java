@NullMarked
package io.engram.experiments.sinusoid;

import org.jspecify.annotations.NullMarked;
