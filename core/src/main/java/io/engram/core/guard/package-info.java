/** What bounds one task's influence, and one key's, on all that is learned: yardsticks, fair shares, and the quarantine. */
@NullMarked
package io.engram.core.guard;

import org.jspecify.annotations.NullMarked;
