@NullMarked
package io.engram.experiments.lifelong.live;

import org.jspecify.annotations.NullMarked;
