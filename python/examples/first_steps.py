"""First steps: send labeled examples, follow the published versions, adapt one by hand, predict.

Needs numpy and confluent-kafka, and an Engram at work, such as that of docs/tutorial.md. Set ENGRAM_BOOTSTRAP to its broker.
"""
import os
import random

import engram
from confluent_kafka import Consumer, Producer

kafka = {"bootstrap.servers": os.environ.get("ENGRAM_BOOTSTRAP", "localhost:9092")}

# A machine that nobody has seen: its features [temperature, vibration, load], and a label for each row.
rows = []
for i in range(25):
    worn = i % 2
    heat = 66 + 9 * worn + 3 * random.random()
    rows.append(([heat, 2.5 + 1.2 * worn + 0.4 * random.random(), random.random()], "worn" if worn else "ok"))

# Twenty of its rows go to the topic, for all to learn from. Java's way to choose a partition is murmur2.
producer = Producer(dict(kafka, partitioner="murmur2_random"))
for features, label in rows[:20]:
    key, value = engram.encode_example("machine-from-python", features, label)
    producer.produce("examples", key=key, value=value)
producer.flush()

# The topic of versions always holds the newest: read it from its beginning to where nothing more comes.
consumer = Consumer(dict(kafka, **{"group.id": "first-steps-%d" % os.getpid(), "auto.offset.reset": "earliest"}))
consumer.subscribe(["model-updates"])
updates = engram.Updates("default")
record = None
while updates.model is None or record is not None:
    record = consumer.poll(2.0)
    if record is not None and not record.error():
        updates.accept(record.key(), record.value())
consumer.close()

mine = updates.model.adapt([row for row, _ in rows[:5]], [label for _, label in rows[:5]])
right = sum(said == label for said, (_, label) in zip(mine.predict([row for row, _ in rows[5:]]), rows[5:]))
print("%s, adapted to 5 rows, is right about %d of 20 others" % (updates.model, right))
