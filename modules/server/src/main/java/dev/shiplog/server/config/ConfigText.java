package dev.shiplog.server.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import dev.shiplog.embedded.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A configuration as it is written, in HOCON or in YAML. A setting that there is not is a slip of the pen, and said. */
final class ConfigText {

    private static final List<String> KNOWN = Stream.concat(
                    Stream.of("api.host", "api.port", "clusters", "kafka.bootstrap-servers", "keys", "postgres.url"),
                    ConfigFactory.parseResources(Limits.DEFAULTS).getConfig("shiplog.limits").root().keySet().stream()
                            .map("limits."::concat))
            .sorted()
            .toList();

    private ConfigText() {}

    static Config read(Path file) {
        var name = String.valueOf(file.getFileName());
        var written = name.endsWith(".yaml") || name.endsWith(".yml")
                ? ConfigValueFactory.fromMap(yaml(file), file.toString()).toConfig()
                : ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
        var config = written.resolve();
        config.entrySet().forEach(setting -> known(file, dotted(setting.getKey())));
        return config;
    }

    /** A path without the quotes that HOCON wants around names with dots in them. */
    static String dotted(String path) {
        return String.join(".", ConfigUtil.splitPath(path));
    }

    private static void known(Path file, String path) {
        if (KNOWN.stream().noneMatch(known -> path.equals("shiplog." + known))
                && !path.startsWith("shiplog.kafka.properties.")) {
            throw new StartFailure(
                    "The configuration " + file + ": there is no setting " + path + ".",
                    "Under shiplog there are " + String.join(", ", KNOWN)
                            + " and kafka.properties; ops/shiplog.conf is a sample.");
        }
    }

    private static Map<String, Object> yaml(Path file) {
        try {
            var settings = LoadSettings.builder().setLabel(file.toString()).build();
            if (new Load(settings).loadFromString(Files.readString(file)) instanceof Map<?, ?> mapping) {
                var map = new LinkedHashMap<String, Object>();
                mapping.forEach((name, value) -> map.put(String.valueOf(name), value));
                return map;
            }
            throw new ConfigException.Generic("it is no mapping");
        } catch (IOException | YamlEngineException e) {
            throw new ConfigException.Generic(String.valueOf(e.getMessage()), e);
        }
    }
}
