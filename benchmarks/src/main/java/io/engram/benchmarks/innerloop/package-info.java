/**
 * The inner-loop bench: one adaptation step of the fused engine beside what else a user would pick, in the same run. Peers run
 * in processes of their own, because their native libraries do not get along in one.
 */
@NullMarked
package io.engram.benchmarks.innerloop;

import org.jspecify.annotations.NullMarked;
