@NullMarked
package io.engram.experiments.omniglot;

import org.jspecify.annotations.NullMarked;
