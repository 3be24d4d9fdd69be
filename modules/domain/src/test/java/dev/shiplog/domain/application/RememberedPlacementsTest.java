package dev.shiplog.domain.application;

import static dev.shiplog.domain.application.ApplicationStories.running;
import static dev.shiplog.domain.application.ApplicationStories.scale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.CommandId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** However often an application is scaled, it remembers the latest placements and no more. */
class RememberedPlacementsTest {

    private static final int SCALES = Target.REMEMBERED_PLACEMENTS + 50;

    @Test
    void remembersTheLatestPlacementsAndNoMore() {
        var story = running();
        for (int i = 1; i <= SCALES; i++) {
            story = story.when(new CommandId("ci", "" + i), scale(i)).goOn();
        }
        var target = Objects.requireNonNull(story.state().targets().get("gke-seoul"));
        assertThat(target.placements()).hasSize(Target.REMEMBERED_PLACEMENTS);
        assertThat(target.placements().getLast().scale()).contains(SCALES);
    }
}
