package io.engram.servicekit.health;

/**
 * How far a part has come.
 *
 * @param position moves whenever it gets something done, or finds that there is nothing to do
 * @param work whether there is something to do
 */
public record Headway(long position, boolean work) {}
