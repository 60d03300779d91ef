/** Learning from tasks: outer steps on fresh visits to new and remembered ones. */
@NullMarked
package io.engram.core.learning.tasks;

import org.jspecify.annotations.NullMarked;
