package dev.shiplog.localcluster.watch;

import dev.shiplog.localcluster.selector.FieldSelector;
import dev.shiplog.localcluster.selector.LabelSelector;
import dev.shiplog.localcluster.store.Kind;
import dev.shiplog.localcluster.store.ObjectKey;
import tools.jackson.databind.node.ObjectNode;

/** Which objects of a kind are meant; an empty namespace means all. */
public record Selection(Kind kind, String namespace, LabelSelector labels, FieldSelector fields) {

    public boolean covers(ObjectKey key) {
        return key.kind().equals(kind)
                && (namespace.isEmpty() || key.namespace().equals(namespace));
    }

    public boolean matches(ObjectNode object) {
        return labels.matches(object) && fields.matches(object);
    }

    public boolean isWhole() {
        return labels.requirements().isEmpty() && fields.terms().isEmpty();
    }
}
