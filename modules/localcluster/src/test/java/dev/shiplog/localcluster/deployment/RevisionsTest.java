package dev.shiplog.localcluster.deployment;

import static dev.shiplog.localcluster.deployment.Revisions.REVISION;
import static dev.shiplog.localcluster.deployment.Revisions.REVISION_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.localcluster.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionsTest {

    @Test
    void theNextRevisionIsOneMoreThanTheHighestOld() {
        assertThat(Revisions.next(List.of())).isEqualTo(1);
        assertThat(Revisions.next(List.of(Sets.revision("a", 4, 0), Sets.revision("b", 2, 3))))
                .isEqualTo(5);
    }

    @Test
    void aSetThatComesBackRemembersWhatItWas() {
        Map<String, String> once = Revisions.annotations(Map.of(), Map.of(REVISION, "1"), 3);
        assertThat(once).containsEntry(REVISION, "3").containsEntry(REVISION_HISTORY, "1");
        assertThat(Revisions.annotations(Map.of(), once, 5))
                .containsEntry(REVISION, "5")
                .containsEntry(REVISION_HISTORY, "1,3");
    }

    @Test
    void aRevisionNeverFalls() {
        assertThat(Revisions.annotations(Map.of(), Map.of(REVISION, "4"), 2))
                .containsExactlyEntriesOf(Map.of(REVISION, "4"));
    }

    @Test
    void annotationsAreCopiedAndNeverTakenAway() {
        Map<String, String> copied =
                Revisions.annotations(Map.of("team", "a", REVISION, "9"), Map.of(REVISION, "1", "was", "here"), 1);
        assertThat(copied).containsOnly(Map.entry("team", "a"), Map.entry("was", "here"), Map.entry(REVISION, "1"));
    }

    @Test
    void whatKubectlAppliedIsNotCopied() {
        assertThat(Revisions.annotations(Map.of("kubectl.kubernetes.io/last-applied-configuration", "{}"), Map.of(), 1))
                .containsOnlyKeys(REVISION);
    }

    @Test
    void theOldestBeyondTheLimitAreForgottenButNeverOneWithPods() {
        List<ReplicaSet> old = List.of(
                Sets.revision("third", 3, 0),
                Sets.revision("first", 1, 0),
                Sets.revision("second", 2, 1),
                Sets.revision("fourth", 4, 0));
        assertThat(Revisions.beyond(2, old)).extracting(ReplicaSet::name).containsExactly("first");
        assertThat(Revisions.beyond(0, old)).extracting(ReplicaSet::name).containsExactly("first", "third", "fourth");
        assertThat(Revisions.beyond(10, old)).isEmpty();
    }

    @Test
    void theHashDependsOnWhatIsSaidAndNotOnItsOrder() {
        String hash = Template.hash(Json.parse("{\"a\":1,\"b\":[{\"c\":\"d\",\"e\":true}]}"), 0);
        assertThat(hash).matches("[4-9bcdf]{4,10}");
        assertThat(Template.hash(Json.parse("{\"b\":[{\"e\":true,\"c\":\"d\"}],\"a\":1}"), 0))
                .isEqualTo(hash);
        assertThat(Template.hash(Json.parse("{\"b\":[{\"e\":true,\"c\":\"d\"}],\"a\":2}"), 0))
                .isNotEqualTo(hash);
        assertThat(Template.hash(Json.parse("{\"a\":1,\"b\":[{\"c\":\"d\",\"e\":true}]}"), 1))
                .isNotEqualTo(hash);
    }
}
