package dev.shiplog.domain.release;

/** Which object of a cluster is meant. */
public record ObjectKey(String apiVersion, String kind, String namespace, String name) {

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
