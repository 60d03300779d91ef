/** Broker and learner as processes: killed again and again and compared with a calm run; watched for a long time. */
@NullMarked
package io.engram.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
