package dev.shiplog.simulation;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What pods are made after.
 *
 * @param text by which one is known from another
 * @param configs the names of the ConfigMaps without which its pods don't run
 */
record PodTemplate(String text, Set<String> configs, Map<String, String> labels) {

    static final PodTemplate NONE = new PodTemplate("", Set.of(), Map.of());

    static PodTemplate of(Json.Obj template) {
        return new PodTemplate(JsonText.of(template), configsOf(template), labelsOf(template));
    }

    private static Set<String> configsOf(Json.Obj template) {
        var names = new TreeSet<String>();
        for (var volume : template.object("spec").list("volumes")) {
            if (volume instanceof Json.Obj object) {
                object.object("configMap").text("name").ifPresent(names::add);
            }
        }
        return names;
    }

    private static Map<String, String> labelsOf(Json.Obj template) {
        var labels = template.object("metadata").object("labels");
        var texts = new LinkedHashMap<String, String>();
        labels.members().keySet().forEach(key -> labels.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    boolean isSelectedBy(Map<String, String> selector) {
        return labels.entrySet().containsAll(selector.entrySet());
    }
}
