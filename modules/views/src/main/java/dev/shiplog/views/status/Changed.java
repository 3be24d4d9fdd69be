package dev.shiplog.views.status;

import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.views.history.Placement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody else has changed in a Deployment since Shiplog wrote it: users get it, and the next writing is refused for it. */
record Changed(Placement placement, Sides sides) {

    /** {@code deployment "hello" is scaled to 1, but Shiplog means 3: somebody else has changed it …}. */
    Optional<String> sentence() {
        return sides.layout().sides().entrySet().stream()
                .flatMap(side -> of(side.getKey(), side.getValue()).stream())
                .findFirst();
    }

    private Optional<String> of(Role role, Side side) {
        return sides.workload(role)
                .filter(workload -> workload.mark().equals(placement.position().mark()))
                .flatMap(workload -> front(side.content())
                        .flatMap(front -> image(workload, front).or(() -> scale(workload, side, front))));
    }

    private Optional<Placement.Front> front(Content content) {
        return switch (content) {
            case NEW -> Optional.of(placement.wanted().declared().course().front());
            case GOOD -> placement.good().map(Placement.Good::front);
            case OTHER -> Optional.empty();
        };
    }

    private Optional<String> image(Workload workload, Placement.Front front) {
        var meant = front.imageNames();
        return meant.isEmpty() || meant.equals(workload.images())
                ? Optional.empty()
                : Optional.of(sentence(
                        workload,
                        "has " + images(workload.images()),
                        String.join(", ", meant),
                        "kubectl set image deployment " + workload.name() + " " + String.join(" ", front.images())));
    }

    static String images(List<String> images) {
        return (images.size() == 1 ? "image " : "images ") + String.join(", ", images);
    }

    private Optional<String> scale(Workload workload, Side side, Placement.Front front) {
        boolean isCounted = front.counted() || placement.wanted().scale().isPresent();
        return Stream.of(side)
                .filter(wanted -> isCounted && wanted.replicas().isPresent() && wanted.pods() != workload.desired())
                .map(wanted -> sentence(
                        workload,
                        "is scaled to " + workload.desired(),
                        Integer.toString(wanted.pods()),
                        "kubectl scale deployment " + workload.name() + " --replicas " + wanted.pods()))
                .findFirst();
    }

    private String sentence(Workload workload, String is, String meant, String back) {
        return "deployment \"" + workload.name() + "\" " + is + ", but Shiplog means " + meant
                + ": somebody else has changed it, and the next writing will be refused for it; " + back + " -n "
                + placement.place().application().namespace() + " sets it back";
    }
}
