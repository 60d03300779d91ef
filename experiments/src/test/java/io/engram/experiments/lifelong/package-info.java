@NullMarked
package io.engram.experiments.lifelong;

import org.jspecify.annotations.NullMarked;
