/** Three brokers that know their users, every role a process: brokers and roles are killed and stopped, rights taken away. */
@NullMarked
package io.engram.benchmarks.cluster;

import org.jspecify.annotations.NullMarked;
