/** The episodic memory's decisions: what is kept and what is drawn. Where tasks lie is the store's business. */
@NullMarked
package io.engram.core.memory;

import org.jspecify.annotations.NullMarked;
