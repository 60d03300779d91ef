/** The mathematics written a second time, in double precision and as plainly as possible, to judge the engines by. */
@NullMarked
package io.engram.engine.reference;

import org.jspecify.annotations.NullMarked;
