/** What is answered, to whom, from which labeled examples, and how good it was. Pure: no Kafka, no clock but what it is told. */
@NullMarked
package io.engram.predict.domain;

import org.jspecify.annotations.NullMarked;
