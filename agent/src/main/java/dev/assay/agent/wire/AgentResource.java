package dev.assay.agent.wire;

import dev.assay.proto.telemetry.AssayAttributes;
import io.opentelemetry.proto.resource.v1.Resource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Who exports.
 *
 * @param version of the agent
 * @param instanceId stable for a data directory
 * @param host the machine's name
 */
public record AgentResource(String version, String instanceId, String host) {
  /** The value of {@code service.name}. */
  public static final String SERVICE_NAME = "assay-agent";

  /** This agent. */
  public static AgentResource of(String instanceId) {
    return new AgentResource(ownVersion(), instanceId, hostName());
  }

  /** The agent's version, as its jar tells. */
  public static String ownVersion() {
    @Nullable String version = AgentResource.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }

  /** The machine's name, without asking a name server where the system tells it. */
  public static String hostName() {
    for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
      @Nullable String name = System.getenv(variable);
      if (name != null && !name.isBlank()) {
        return name;
      }
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown";
    }
  }

  Resource toProto() {
    Attributes attributes = new Attributes();
    attributes.put(AssayAttributes.SERVICE_NAME, SERVICE_NAME);
    attributes.put(AssayAttributes.SERVICE_VERSION, version);
    attributes.put(AssayAttributes.SERVICE_INSTANCE_ID, instanceId);
    attributes.put(AssayAttributes.HOST_NAME, host);
    return Resource.newBuilder().addAllAttributes(attributes.list()).build();
  }
}
