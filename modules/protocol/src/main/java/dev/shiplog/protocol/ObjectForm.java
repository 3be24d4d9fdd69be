package dev.shiplog.protocol;

/** How Kubernetes objects and patches are written in a message. */
enum ObjectForm {
    /** As JSON within the JSON form: what people write and read. */
    NATURAL,
    /** As JSON text: exact to the digit and in its order, what the journal and the topics keep. */
    EXACT
}
