package io.engram.core.memory;

import io.engram.core.task.LogPosition;

/**
 * What the memory's index knows of a task it keeps.
 *
 * @param position where it stands in the log; its identity
 * @param group what it is balanced by; empty where nothing is balanced
 * @param rank smaller is kept longer; ties go to the earlier position
 * @param arrival how many tasks had arrived before it
 * @param bytes its size as it came
 * @param surprise how badly it was predicted when it came, ≥ 0
 */
public record Remembered(
    LogPosition position, String group, long rank, long arrival, int bytes, float surprise) {}
