package io.engram.cli.topics;

import io.engram.cli.role.RoleRights.Right;
import io.engram.kafkakit.Topic;
import java.util.List;

/** How topics and rights are written down for whoever makes them. */
public interface Writing {

  /** Topics as they are to be created. */
  String topics(List<Topic> topics);

  /** Rights of one role. */
  String rights(String role, List<Right> rights);
}
