package dev.shiplog.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.shiplog.embedded.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an installation is told.
 *
 * @param host that the API listens on
 * @param port of the API; 0: any free one
 * @param kafka the clients' properties, bootstrap.servers among them
 * @param postgres JDBC URL with user and password
 * @param keys the file with the keyset that opens sealed secrets; made if it is not there
 */
public record ServerConfig(
        String host, int port, Map<String, String> kafka, String postgres, Path keys, Limits limits) {

    /** What has no default, and what may give it in the environment. */
    private static final Map<String, String> NEEDED = Map.of(
            "kafka.bootstrap-servers", "SHIPLOG_KAFKA_BOOTSTRAP_SERVERS", "postgres.url", "SHIPLOG_POSTGRES_URL");

    public ServerConfig {
        kafka = Map.copyOf(kafka);
    }

    /** A file that {@code serve} was given. */
    public record File(ServerConfig config, Path clusters) {}

    /**
     * Reads HOCON, or YAML where the name of the file says so; values of {@code SHIPLOG_…} in the environment win, see the
     * module's {@code shiplog-environment.conf}.
     *
     * @throws StartFailure if the file can't be read, or lacks what has no default
     */
    public static File read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new StartFailure(
                    "No configuration at " + file.toAbsolutePath() + ".",
                    "Name one with --config; ops/shiplog.conf is a sample.");
        }
        try {
            var loaded = ConfigFactory.defaultOverrides()
                    .withFallback(ConfigFactory.parseResources("shiplog-environment.conf"))
                    .withFallback(ConfigText.read(file))
                    .withFallback(ConfigFactory.parseResources(Limits.DEFAULTS))
                    .resolve();
            return read(file, loaded.getConfig("shiplog"));
        } catch (ConfigException | IllegalArgumentException e) {
            throw new StartFailure(
                    "The configuration " + file + " can't be used: " + e.getMessage(),
                    "Compare it with the sample ops/shiplog.conf.",
                    e);
        }
    }

    private static File read(Path file, Config config) {
        NEEDED.forEach((setting, variable) -> {
            if (!config.hasPath(setting)) {
                throw new StartFailure(
                        "The configuration " + file + " lacks shiplog." + setting + ".",
                        "Set it there, or " + variable + " in the environment; ops/shiplog.conf is a sample.");
            }
        });
        var kafka = new LinkedHashMap<String, String>();
        config.getConfig("kafka.properties")
                .entrySet()
                .forEach(property -> kafka.put(
                        ConfigText.dotted(property.getKey()),
                        String.valueOf(property.getValue().unwrapped())));
        kafka.put("bootstrap.servers", config.getString("kafka.bootstrap-servers"));
        var folder = file.toAbsolutePath().getParent();
        var base = folder == null ? file : folder;
        return new File(
                new ServerConfig(
                        config.getString("api.host"),
                        config.getInt("api.port"),
                        kafka,
                        config.getString("postgres.url"),
                        base.resolve(config.getString("keys")),
                        Limits.of(config.getConfig("limits"))),
                base.resolve(config.getString("clusters")));
    }
}
