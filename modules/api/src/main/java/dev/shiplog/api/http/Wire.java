package dev.shiplog.api.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON: members in the order of the record, absent ones left out. */
public final class Wire {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();

    private Wire() {}

    public static String json(Object view) {
        return MAPPER.writeValueAsString(view);
    }

    /** A sentence as the value of a header: one line of what every client can read. */
    public static String header(String sentence) {
        return sentence.replaceAll("[^ -~]+", " ").strip();
    }
}
