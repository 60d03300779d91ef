@NullMarked
package io.engram.engine.cuda;

import org.jspecify.annotations.NullMarked;
