@NullMarked
package io.engram.engine.cuda.device;

import org.jspecify.annotations.NullMarked;
