package dev.shiplog.acceptance.kills;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Abort;
import dev.shiplog.domain.application.ApplicationCommand.Apply;
import dev.shiplog.domain.application.ApplicationCommand.Delete;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationCommand.Pause;
import dev.shiplog.domain.application.ApplicationCommand.Promote;
import dev.shiplog.domain.application.ApplicationCommand.Restart;
import dev.shiplog.domain.application.ApplicationCommand.Resume;
import dev.shiplog.domain.application.ApplicationCommand.Retry;
import dev.shiplog.domain.application.ApplicationCommand.Scale;
import dev.shiplog.domain.application.ApplicationCommand.SetImage;
import dev.shiplog.domain.application.ApplicationCommand.Switch;
import dev.shiplog.domain.application.ApplicationCommand.Undo;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What people ask of one application, as its seed says: whatever comes, then a good release, and what may follow on it. */
final class Story {

    /** So many turns are left out after a bad release: it may fail by itself then. */
    private static final int TURNS_TO_FAIL = 20;

    /** How it goes on from the good release to the end. */
    private enum End {
        STAYS,
        IS_ABORTED,
        IS_UNDONE,
        IS_DELETED
    }

    private static final List<Shape> SERVED = List.of(Shape.SERVED, Shape.RECREATED, Shape.CANARY, Shape.COLOURS);
    private static final List<End> ENDS = List.of(End.STAYS, End.IS_ABORTED, End.IS_UNDONE, End.IS_DELETED);

    private final String name;
    private final Shape shape;
    private final End end;
    private final Random chance;
    private int quietTurns;

    /** @param number tells it from others: its name, its shape and its end */
    Story(int number, long seed) {
        this.name = "load-" + number;
        this.shape = number % 2 == 0 ? Shape.BARE : SERVED.get(number / 2 % 4);
        this.end = ENDS.get(number / 2 % 5 % 4);
        this.chance = new Random(31 * seed + number);
    }

    String name() {
        return name;
    }

    ApplicationCommand first() {
        return good();
    }

    /** Empty if nobody has anything to ask this time. */
    Optional<ApplicationCommand> next() {
        if (quietTurns > 0) {
            quietTurns--;
            return Optional.empty();
        }
        return Optional.of(shape.hasSteps() ? stepped(chance.nextInt(100)) : plain(chance.nextInt(100)));
    }

    private ApplicationCommand plain(int kind) {
        if (kind < 22) {
            return good();
        }
        if (kind < 25) {
            return bad();
        }
        if (kind < 50) {
            return new SetImage(ClusterSelection.ALL, Map.of("*", kind < 27 ? badImage() : image()));
        }
        if (kind < 72) {
            return new Scale(clusters(), 1 + chance.nextInt(3));
        }
        if (kind < 75) {
            return new Abort(clusters());
        }
        return kind < 78 ? new Retry(clusters()) : anyway(kind);
    }

    private ApplicationCommand stepped(int kind) {
        if (kind < 18) {
            return good();
        }
        if (kind < 22) {
            return bad();
        }
        if (kind < 28) {
            return new SetImage(ClusterSelection.ALL, Map.of("*", kind < 23 ? badImage() : image()));
        }
        if (kind < 35) {
            return new Scale(clusters(), 1 + chance.nextInt(4));
        }
        if (kind < 56) {
            return new Promote(clusters(), chance.nextInt(4) == 0);
        }
        if (kind < 67) {
            return new Abort(clusters());
        }
        if (kind < 72) {
            return new Retry(clusters());
        }
        return kind < 78 ? new Switch(clusters(), chance.nextBoolean() ? Role.BLUE : Role.GREEN) : anyway(kind);
    }

    /** @param kind from 78 to 99 */
    private ApplicationCommand anyway(int kind) {
        if (kind < 84) {
            return new Pause(clusters());
        }
        if (kind < 91) {
            return new Resume(clusters());
        }
        if (kind < 95) {
            return new Undo(ClusterSelection.ALL, new Destination.Previous(), chance.nextBoolean());
        }
        return kind < 98 ? new Restart(clusters()) : new Delete(clusters());
    }

    /** After these it comes to rest, with a good release everywhere. */
    List<ApplicationCommand> toRest() {
        return List.of(new Resume(ClusterSelection.ALL), good(), new Promote(ClusterSelection.ALL, true));
    }

    /** What follows on that; it comes to rest again. */
    List<ApplicationCommand> toTheEnd() {
        return switch (end) {
            case STAYS -> List.of();
            case IS_ABORTED -> List.of(bad(), new Abort(ClusterSelection.ALL));
            case IS_UNDONE ->
                List.of(
                        good(),
                        new Promote(ClusterSelection.ALL, true),
                        new Undo(ClusterSelection.ALL, new Destination.Previous(), false),
                        new Promote(ClusterSelection.ALL, true));
            case IS_DELETED -> List.of(new Delete(ClusterSelection.ALL));
        };
    }

    private ApplicationCommand good() {
        return new Apply(shape.release(name, image(), chance), "load");
    }

    private ApplicationCommand bad() {
        quietTurns = chance.nextBoolean() ? TURNS_TO_FAIL : 0;
        return new Apply(shape.impatient(name, badImage(), chance), "a mistake");
    }

    private String image() {
        return "hello:" + chance.nextInt(1_000) + ".0.0";
    }

    /** No cluster can pull it. */
    private String badImage() {
        return "hello-broken:" + chance.nextInt(1_000);
    }

    private ClusterSelection clusters() {
        return chance.nextInt(3) > 0
                ? ClusterSelection.ALL
                : ClusterSelection.named(Fleet.NAMES.get(chance.nextInt(Fleet.NAMES.size())));
    }
}
