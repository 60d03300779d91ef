/** How the client speaks to Kafka; knows nothing of models. Not meant for programs: what they use stands one package up. */
@NullMarked
package io.engram.client.kafka;

import org.jspecify.annotations.NullMarked;
