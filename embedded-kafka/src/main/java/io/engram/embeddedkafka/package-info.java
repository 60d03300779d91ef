/** The broker of the Kafka release, in this process, on a local directory. */
@NullMarked
package io.engram.embeddedkafka;

import org.jspecify.annotations.NullMarked;
