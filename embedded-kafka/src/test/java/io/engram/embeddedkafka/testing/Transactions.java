package io.engram.embeddedkafka.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;

/** What the test broker does with transactions. */
public final class Transactions {

  private Transactions() {}

  /** Returns when the broker has ended the open transaction of this transactional id by itself. */
  public static void awaitTimeout(String transactionalId) {
    try (Admin admin =
        Admin.create(Map.of("bootstrap.servers", (Object) TestBroker.bootstrapServers()))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  admin
                          .describeTransactions(List.of(transactionalId))
                          .description(transactionalId)
                          .get()
                          .state()
                      == TransactionState.COMPLETE_ABORT);
    }
  }
}
