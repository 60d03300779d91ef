/** Questions on one topic, answers on another: how late, how good, and each exactly once however often who answers is killed. */
@NullMarked
package io.engram.benchmarks.answers;

import org.jspecify.annotations.NullMarked;
