package io.engram.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import io.strimzi.api.kafka.model.user.KafkaUserSpec;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What the API server and Strimzi would say to a resource: fields they do not know, and such as must be there and are not. */
final class KubernetesApi {

  private static final Map<String, Check> KINDS =
      Map.of(
          "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
          "v1 Service", V1Service::validateJsonElement,
          "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
          "policy/v1 PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
          "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);
  private static final Map<String, Class<?>> CUSTOM =
      Map.of(
          "kafka.strimzi.io/v1 KafkaTopic", KafkaTopicSpec.class,
          "kafka.strimzi.io/v1 KafkaUser", KafkaUserSpec.class);
  private static final ObjectMapper STRICT =
      new ObjectMapper().setAnnotationIntrospector(new WithoutRoomForOthers());

  private KubernetesApi() {}

  private interface Check {
    void accept(JsonElement resource) throws IOException;
  }

  /** Strimzi's models keep fields they do not know; here those are mistakes. */
  private static final class WithoutRoomForOthers extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }

  /** What is wrong with a resource, if anything is. */
  static Optional<String> problem(JsonNode resource) {
    String kind = resource.path("apiVersion").asText() + " " + resource.path("kind").asText();
    try {
      Check check = KINDS.get(kind);
      Class<?> custom = CUSTOM.get(kind);
      if (check != null) {
        check.accept(JsonParser.parseString(resource.toString()));
      } else if (custom != null) {
        STRICT.treeToValue(resource.path("spec"), custom);
      } else {
        return Optional.of("unknown kind " + kind);
      }
      return Optional.empty();
    } catch (IllegalArgumentException | JsonProcessingException e) {
      return Optional.of(kind + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
