/** The contract suite that every engine inherits. */
@NullMarked
package io.engram.engine;

import org.jspecify.annotations.NullMarked;
