package io.engram.learner.backup;

import java.nio.file.Path;

/**
 * One backup that is asked for.
 *
 * @param id tells its answer from those to others
 * @param target absolute
 */
record BackupRequest(String id, Path target) {}
