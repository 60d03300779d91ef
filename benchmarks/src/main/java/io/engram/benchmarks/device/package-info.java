/**
 * The bench for a machine with a card: is the engine right there, does it repeat its bits, does it survive being killed, how fast is it, and
 * does it learn what MAML's authors published. Every step is a process of its own with a time limit, so that a card that hangs or is lost
 * costs one step and not the rest. Runs from a checkout and, on a machine without JDK or network, from the archive that {@code
 * benchmarks/device/pack} makes.
 */
@NullMarked
package io.engram.benchmarks.device;

import org.jspecify.annotations.NullMarked;
