/** Backups of a learner at work, asked for through files beside its store: who may write there may ask. */
@NullMarked
package io.engram.learner.backup;

import org.jspecify.annotations.NullMarked;
