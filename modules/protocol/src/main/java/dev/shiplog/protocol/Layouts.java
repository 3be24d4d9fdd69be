package dev.shiplog.protocol;

import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.course.Traffic;
import dev.shiplog.protocol.v1.EventProto;
import java.util.Optional;
import java.util.TreeMap;

/** What stands on a cluster at one moment of a rollout. */
public final class Layouts {

    private Layouts() {}

    public static String toJson(Layout layout) {
        return Messages.toJson(toProto(layout));
    }

    /** @throws IllegalArgumentException with the path of the field that is wrong */
    public static Layout fromJson(String text) {
        var message = EventProto.Layout.newBuilder();
        Messages.mergeJson(text, message);
        return fromProto(message.build(), "");
    }

    static Layout fromProto(EventProto.Layout message, String path) {
        var sides = new TreeMap<Role, Side>();
        for (var side : message.getSidesList()) {
            sides.put(
                    role(side.getRole(), path + ".sides.role"),
                    new Side(
                            Names.constant(Content.class, side.getContent(), path + ".sides.content"),
                            side.hasReplicas() ? Optional.of(side.getReplicas()) : Optional.empty()));
        }
        return new Layout(
                sides,
                optionalRole(message.getServing(), path + ".serving"),
                Names.constant(Content.class, message.getShared(), path + ".shared"),
                new Traffic(
                        message.getDivided(),
                        message.hasWeight() ? Optional.of(message.getWeight()) : Optional.empty(),
                        message.getWidened()));
    }

    static EventProto.Layout toProto(Layout layout) {
        var message = EventProto.Layout.newBuilder().setShared(layout.shared().name());
        layout.serving().map(Role::word).ifPresent(message::setServing);
        message.setDivided(layout.traffic().divided());
        layout.traffic().weight().ifPresent(message::setWeight);
        message.setWidened(layout.traffic().widened());
        layout.sides().forEach((role, side) -> {
            var built = message.addSidesBuilder()
                    .setRole(role.word())
                    .setContent(side.content().name());
            side.replicas().ifPresent(built::setReplicas);
        });
        return message.build();
    }

    static Optional<Role> optionalRole(String word, String path) {
        return word.isEmpty() ? Optional.empty() : Optional.of(role(word, path));
    }

    static Role role(String word, String path) {
        return Role.ofWord(word)
                .orElseThrow(
                        () -> FieldProblem.unknown(path, "\"" + word + "\" is none of plain, canary, blue and green"));
    }
}
