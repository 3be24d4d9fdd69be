package dev.shiplog.protocol;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.json.JsonText;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.protocol.v1.EventProto;
import dev.shiplog.protocol.v1.ReleaseProto;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Kubernetes objects and their keys. */
final class KubernetesObjects {

    private KubernetesObjects() {}

    static List<KubernetesObject> fromProto(List<ReleaseProto.KubernetesObject> messages, String path) {
        var objects = new ArrayList<KubernetesObject>();
        for (var message : messages) {
            objects.add(fromProto(message, Paths.item(path, objects.size())));
        }
        return objects;
    }

    private static KubernetesObject fromProto(ReleaseProto.KubernetesObject message, String path) {
        Json.Obj json = switch (message.getFormCase()) {
            case OBJECT -> JsonValues.fromStruct(message.getObject(), path + ".object");
            case JSON -> JsonValues.parseObject(message.getJson(), path + ".json");
            case FORM_NOT_SET ->
                throw FieldProblem.missing(
                        path, "neither object (the Kubernetes object) nor json (the same as text) is given");
        };
        return new KubernetesObject(json, new TreeMap<>(message.getSealedMap()));
    }

    static ReleaseProto.KubernetesObject toProto(KubernetesObject object, ObjectForm form) {
        var message = ReleaseProto.KubernetesObject.newBuilder();
        object.sealed().forEach(message::putSealed);
        if (form == ObjectForm.NATURAL && JsonValues.fitsStruct(object.json())) {
            message.setObject(JsonValues.toStruct(object.json()));
        } else {
            message.setJson(JsonText.of(object.json()));
        }
        return message.build();
    }

    static ObjectKey fromProto(EventProto.ObjectKey message) {
        return new ObjectKey(message.getApiVersion(), message.getKind(), message.getNamespace(), message.getName());
    }

    static EventProto.ObjectKey toProto(ObjectKey key) {
        return EventProto.ObjectKey.newBuilder()
                .setApiVersion(key.apiVersion())
                .setKind(key.kind())
                .setNamespace(key.namespace())
                .setName(key.name())
                .build();
    }
}
