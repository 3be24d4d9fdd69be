package dev.shiplog.simulation;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.course.Backends;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.rollout.Observation.Mark;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An HTTPRoute that is somebody else's, with a rule for each application and a note of what each has written into it. When
 * it is gone with all else its owner brings it back as it was, without the notes.
 */
final class SharedRoute {

    static final ObjectKey KEY = new ObjectKey(Backends.API_VERSION, Backends.KIND, "default", "public");

    /** @param service whose requests it divides for the application, if it ever did */
    record Note(Mark mark, Optional<String> service) {
        static final Note NONE = new Note(new Mark(0, 0), Optional.empty());
    }

    /** As it was read. */
    record Read(Json.Obj json, Note note, long version) {}

    private final Json.Obj owned;
    private final Map<ApplicationName, Note> notes = new TreeMap<>();
    private Json.Obj json;
    private boolean isThere = true;
    private long version = 1;

    SharedRoute(Collection<ApplicationName> applications) {
        this.owned =
                of(KEY.name(), applications.stream().map(ApplicationName::name).toList());
        this.json = owned;
    }

    /** A route with a rule for each of the Services. */
    static Json.Obj of(String name, List<String> services) {
        var rules = services.stream()
                .map(service -> Json.EMPTY.with(
                        "backendRefs", Json.array(List.of(Json.EMPTY.with("name", Json.text(service))))))
                .toList();
        return Json.EMPTY
                .with("apiVersion", Json.text(KEY.apiVersion()))
                .with("kind", Json.text(KEY.kind()))
                .with(
                        "metadata",
                        Json.EMPTY.with("name", Json.text(name)).with("namespace", Json.text(KEY.namespace())))
                .with("spec", Json.EMPTY.with("rules", Json.array(rules)));
    }

    Optional<Json.Obj> json() {
        return isThere ? Optional.of(json) : Optional.empty();
    }

    Optional<Read> read(ApplicationName application) {
        return json().map(present -> new Read(present, notes.getOrDefault(application, Note.NONE), version));
    }

    /** Whether it was written; not if it is not as it was read. */
    boolean write(ApplicationName application, Json.Obj changed, Note note, long versionRead) {
        if (!isThere || versionRead != version) {
            return false;
        }
        json = changed;
        notes.put(application, note);
        version++;
        return true;
    }

    void wipe() {
        isThere = false;
        notes.clear();
    }

    void bringBack() {
        if (!isThere) {
            isThere = true;
            json = owned;
            version++;
        }
    }
}
