/** A published version in one room: its manifest, its tensors, its metrics, how it is adapted; and a task, from the wire and to it. */
@NullMarked
package io.engram.model;

import org.jspecify.annotations.NullMarked;
