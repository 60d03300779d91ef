/**
 * Meta-learning as in its papers: outer optimisers, the state they move, and one outer step on a batch of episodes. Written on
 * the compute port alone.
 */
@NullMarked
package io.engram.core.meta;

import org.jspecify.annotations.NullMarked;
