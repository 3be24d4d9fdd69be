package dev.shiplog.localcluster.schema;

/**
 * Something in an object that does not fit its shape.
 *
 * @param path as decoding writes it: {@code spec.template.spec.containers[0].image}
 * @param applyPath as apply writes it: {@code .spec.template.spec.containers[name="hello"].image}
 * @param decoding what a POST or PUT says about it
 * @param applying what an apply says about it
 * @param converting what a strategic merge patch says about it
 */
public record Problem(Type type, String path, String applyPath, String decoding, String applying, String converting) {

    /** What is wrong. */
    public enum Type {
        UNKNOWN_FIELD,
        WRONG_TYPE,
        BAD_VALUE,
        DUPLICATE
    }
}
