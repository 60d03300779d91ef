/**
 * What ingest decides, and nothing of how it runs: is this an example, to which task does it belong, when is that closed, which side does
 * it stand on. Pure: its clock is its arguments, its stores and sinks are ports.
 */
@NullMarked
package io.engram.ingest.domain;

import org.jspecify.annotations.NullMarked;
