package dev.shiplog.domain.json;

import static dev.shiplog.domain.Samples.list;
import static dev.shiplog.domain.Samples.obj;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Patches as kustomize users write them. */
class StrategicMergeTest {

    private static final Json.Obj POD = obj(
            "containers",
            list(
                    obj("name", "hello", "image", "hello:1.0.0", "args", list("-a", "-b")),
                    obj("name", "sidecar", "image", "sidecar:1")),
            "tolerations",
            list(obj("key", "a")));

    @Test
    void changesMembersAndLeavesTheOthers() {
        assertThat(StrategicMerge.merge(obj("a", 1, "b", obj("c", 2, "d", 3)), obj("b", obj("c", 9))))
                .isEqualTo(obj("a", 1, "b", obj("c", 9, "d", 3)));
    }

    @Test
    void nullRemovesAMember() {
        assertThat(StrategicMerge.merge(obj("a", 1, "b", 2), obj("b", Json.Null.NULL)))
                .isEqualTo(obj("a", 1));
        assertThat(StrategicMerge.merge(obj("a", 1), obj("b", obj("c", Json.Null.NULL))))
                .isEqualTo(obj("a", 1, "b", obj()));
    }

    @Test
    void listsWithAKeyAreMergedItemByItem() {
        assertThat(StrategicMerge.merge(POD, obj("containers", list(obj("name", "hello", "image", "hello:2.0.0")))))
                .isEqualTo(POD.with(
                        "containers",
                        list(
                                obj("name", "hello", "image", "hello:2.0.0", "args", list("-a", "-b")),
                                obj("name", "sidecar", "image", "sidecar:1"))));
    }

    @Test
    void aNewItemIsAdded() {
        assertThat(StrategicMerge.merge(
                                POD, obj("containers", list(obj("name", "new", "image", "n:1", "tty", Json.Null.NULL))))
                        .list("containers"))
                .hasSize(3)
                .last()
                .isEqualTo(obj("name", "new", "image", "n:1"));
    }

    @Test
    void anItemIsDeletedByDirective() {
        assertThat(StrategicMerge.merge(POD, obj("containers", list(obj("name", "sidecar", "$patch", "delete"))))
                        .list("containers"))
                .hasSize(1);
    }

    @Test
    void aListIsReplacedByDirective() {
        assertThat(StrategicMerge.merge(
                                POD,
                                obj("containers", list(obj("$patch", "replace"), obj("name", "only", "image", "o:1"))))
                        .list("containers"))
                .containsExactly(obj("name", "only", "image", "o:1"));
    }

    @Test
    void otherListsAreReplaced() {
        assertThat(StrategicMerge.merge(POD, obj("tolerations", list(obj("key", "b"))))
                        .list("tolerations"))
                .containsExactly(obj("key", "b"));
        assertThat(StrategicMerge.merge(POD, obj("containers", list(obj("name", "hello", "args", list("-c")))))
                        .list("containers")
                        .getFirst())
                .isEqualTo(obj("name", "hello", "image", "hello:1.0.0", "args", list("-c")));
    }

    @Test
    void anObjectIsReplacedOrDeletedByDirective() {
        assertThat(StrategicMerge.merge(obj("a", obj("b", 1)), obj("a", obj("$patch", "replace", "c", 2))))
                .isEqualTo(obj("a", obj("c", 2)));
        assertThat(StrategicMerge.merge(obj("a", obj("b", 1)), obj("a", obj("$patch", "delete"))))
                .isEqualTo(obj());
        assertThat(StrategicMerge.merge(obj("a", obj("b", 1)), obj("a", obj("$patch", "merge", "c", 2))))
                .isEqualTo(obj("a", obj("b", 1, "c", 2)));
    }

    @Test
    void portsAreToldApartByTheirNumbers() {
        var service = obj("ports", list(obj("port", 80, "name", "http"), obj("port", 443, "name", "https")));
        assertThat(StrategicMerge.merge(service, obj("ports", list(obj("port", 80, "targetPort", 8080)))))
                .isEqualTo(obj(
                        "ports",
                        list(obj("port", 80, "name", "http", "targetPort", 8080), obj("port", 443, "name", "https"))));
    }

    @Test
    void aMemberThatWasSomethingElseIsReplaced() {
        assertThat(StrategicMerge.merge(obj("a", 1), obj("a", obj("b", 2)))).isEqualTo(obj("a", obj("b", 2)));
    }
}
