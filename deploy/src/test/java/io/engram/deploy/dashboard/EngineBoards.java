package io.engram.deploy.dashboard;

/** What it runs on. */
final class EngineBoards {

  private EngineBoards() {}

  static Board memoryAndEngine() {
    return Board.of(
            "engram-engine",
            "Engram: memory and engine",
            "Memory, processors and disk of each role.")
        .row(
            "Memory",
            Panel.lines(
                    "Heap",
                    "bytes",
                    "Used and at most. Used stays above nine tenths: give the role more.")
                .showing(
                    "sum by (role, instance) (jvm_memory_used_bytes{area=\"heap\"})",
                    "{{role}} used")
                .showing(
                    "sum by (role, instance) (jvm_memory_max_bytes{area=\"heap\"} > 0)",
                    "{{role}} at most"),
            Panel.lines(
                    "Outside the heap",
                    "bytes",
                    "The learner's store, and what the JVM has beside the heap.")
                .showing("engram_learner_store_memory_bytes", "the learner's store")
                .showing(
                    "sum by (role, instance) (jvm_memory_used_bytes{area=\"nonheap\"})",
                    "{{role}} JVM"),
            Panel.lines(
                    "Collecting garbage",
                    "percentunit",
                    "Share of the time in which a role stood still for it.")
                .showing(
                    "sum by (role, instance) (rate(jvm_gc_pause_seconds_sum[$__rate_interval]))",
                    "{{role}}"),
            Panel.lines("Allocated", "Bps", "New objects of each role.")
                .showing(
                    "sum by (role, instance) (rate(jvm_gc_memory_allocated_bytes_total[$__rate_interval]))",
                    "{{role}}"))
        .row(
            "Processors, disk, files",
            Panel.lines(
                    "Processors",
                    "percentunit",
                    "Share of the machine's processors. The learner at its share all the time, and lag grows: more processors.")
                .see("engramlearnerfallsbehind")
                .showing("process_cpu_usage", "{{role}}"),
            Panel.lines("Disk of the state directory", "bytes", "Room that is left.")
                .see("engramdiskfills")
                .showing("engram_state_free_bytes", "{{role}} free")
                .showing("engram_state_size_bytes", "{{role}} size"),
            Panel.lines("Threads", "short", "Alive in each role.")
                .showing("jvm_threads_live_threads", "{{role}}"),
            Panel.lines("Open files", "short", "Of each role, and how many it may open.")
                .showing("process_files_open_files", "{{role}} open")
                .showing("process_files_max_files", "{{role}} at most"));
  }

  static Board kafka() {
    return Board.of(
            "engram-kafka", "Engram: Kafka", "What the clients of Kafka and Kafka Streams say.")
        .row(
            "Reading",
            Panel.lines(
                    "Records that wait",
                    "short",
                    "By client: the partition that is farthest behind.")
                .see("engramingestfallsbehind")
                .showing(
                    "max by (role, client_id) (kafka_consumer_fetch_manager_records_lag_max)",
                    "{{role}} {{client_id}}"),
            Panel.lines("Read", "Bps", "By client.")
                .showing(
                    "sum by (role, client_id) (rate(kafka_consumer_fetch_manager_bytes_consumed_total[$__rate_interval]))",
                    "{{role}} {{client_id}}"))
        .row(
            "Writing",
            Panel.lines("Sent", "ops", "Records by client.")
                .showing(
                    "sum by (role, client_id) (rate(kafka_producer_record_send_total[$__rate_interval]))",
                    "{{role}} {{client_id}}"),
            Panel.lines("Not sent", "ops", "Records that failed in the end. Should be 0.")
                .see("engramroledown")
                .showing(
                    "sum by (role, client_id) (rate(kafka_producer_record_error_total[$__rate_interval]))",
                    "{{role}} {{client_id}}"))
        .row(
            "Kafka Streams",
            Panel.lines("Commits", "ops", "How often each thread commits.")
                .showing(
                    "sum by (role, thread_id) (rate(kafka_stream_thread_commit_total[$__rate_interval]))",
                    "{{role}} {{thread_id}}"),
            Panel.lines(
                    "Stores in memory",
                    "bytes",
                    "RocksDB's tables in memory and the blocks it has cached.")
                .showing(
                    "sum by (role) (kafka_stream_state_size_all_mem_tables)", "{{role}} tables")
                .showing(
                    "sum by (role) (kafka_stream_state_block_cache_usage)", "{{role}} blocks"));
  }
}
