package dev.shiplog.protocol;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.domain.CommandId;
import dev.shiplog.domain.Principal;
import dev.shiplog.domain.Recorded;
import dev.shiplog.domain.Trouble;
import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.application.ApplicationEvent;
import dev.shiplog.domain.application.ApplicationEvent.Placed;
import dev.shiplog.domain.application.ReleaseResult;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.course.Traffic;
import dev.shiplog.domain.fleet.Cluster;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.fleet.LabelSelector.Operator;
import dev.shiplog.domain.fleet.LabelSelector.Requirement;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Release;
import dev.shiplog.domain.release.Release.Origin;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.Assignment;
import dev.shiplog.domain.rollout.RolloutEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Values of every kind from a seed; the same seed, the same values. */
final class RandomValues {

    private static final List<String> WORDS = List.of(
            "",
            "hello",
            "frontend",
            "a b",
            "Grüße",
            "서울",
            "🚢",
            "\"quoted\"",
            "line\nbreak",
            "null",
            "0",
            "{}",
            "\u0001");

    private final Random random;

    RandomValues(long seed) {
        random = new Random(seed);
    }

    ApplicationEvent applicationEvent() {
        return switch (random.nextInt(18)) {
            case 12 ->
                new ApplicationEvent.Promoted(new TreeMap<>(Map.of(word(), number())), random.nextBoolean(), number());
            case 13 -> new ApplicationEvent.AbortRequested(list(this::word), number(), list(this::word));
            case 14 ->
                new ApplicationEvent.RolloutHeld(
                        word(), number(), number(), number(), maybe(this::moment), maybe(this::role));
            case 15 -> new ApplicationEvent.RolloutAborted(word(), number(), number(), random.nextBoolean());
            case 16 -> new ApplicationEvent.RolloutSettled(word(), number(), number());
            case 17 -> new ApplicationEvent.TakeoverRequested(list(this::word), number());
            case 0 -> new ApplicationEvent.ReleaseCreated(release(), number(), list(this::placed));
            case 1 -> new ApplicationEvent.Scaled(list(this::word), number(), number());
            case 2 -> new ApplicationEvent.Paused(list(this::word), number());
            case 3 -> new ApplicationEvent.Resumed(list(this::word), number());
            case 4 -> new ApplicationEvent.RemovalRequested(list(this::word), number());
            case 5 ->
                new ApplicationEvent.RolloutCompleted(
                        word(), number(), number(), maybe(this::role), maybe(this::moment), random.nextBoolean());
            case 6 -> new ApplicationEvent.RolloutFailed(word(), number(), number(), trouble());
            case 7 -> new ApplicationEvent.RolloutRemoved(word(), number());
            case 8 -> new ApplicationEvent.ReleaseEnded(number(), oneOf(ReleaseResult.values()));
            case 9 -> new ApplicationEvent.ApplicationRemoved();
            case 10 -> new ApplicationEvent.NothingChanged(number(), word());
            default -> new ApplicationEvent.CommandRefused(word(), word());
        };
    }

    RolloutEvent rolloutEvent() {
        return switch (random.nextInt(12)) {
            case 0 -> new RolloutEvent.Assigned(assignment(), layout(), number());
            case 1 -> new RolloutEvent.Applied(number(), maybe(() -> "w" + word()));
            case 7 -> new RolloutEvent.Advanced(number(), layout(), number(), random.nextBoolean());
            case 8 -> new RolloutEvent.Held(number(), number(), maybe(this::moment));
            case 9 -> new RolloutEvent.Switched(number(), number(), list(this::word), role(), role(), texts(), texts());
            case 10 -> new RolloutEvent.Aborted(number(), number());
            case 11 -> new RolloutEvent.Released(number());
            case 2 -> new RolloutEvent.Hindered(number(), trouble());
            case 3 -> new RolloutEvent.Completed(number(), number(), maybe(this::kept));
            case 4 -> new RolloutEvent.Failed(number(), number(), trouble());
            case 5 -> new RolloutEvent.Pruned(number(), Set.copyOf(list(this::key)));
            default -> new RolloutEvent.Removed(number());
        };
    }

    ApplicationCommand command() {
        return switch (random.nextInt(12)) {
            case 8 -> new ApplicationCommand.Promote(selection(), random.nextBoolean());
            case 9 -> new ApplicationCommand.Abort(selection(), random.nextBoolean());
            case 10 -> new ApplicationCommand.Retry(selection(), random.nextBoolean());
            case 11 ->
                new ApplicationCommand.Switch(
                        selection(), random.nextBoolean() ? Role.BLUE : Role.GREEN, random.nextBoolean());
            case 0 -> new ApplicationCommand.Apply(spec(), word());
            case 1 -> new ApplicationCommand.Scale(selection(), number());
            case 2 -> new ApplicationCommand.SetImage(selection(), Map.of(word(), "hello:" + number(), "*", "nginx"));
            case 3 -> new ApplicationCommand.Pause(selection());
            case 4 -> new ApplicationCommand.Resume(selection());
            case 5 -> new ApplicationCommand.Undo(selection(), destination(), random.nextBoolean());
            case 6 -> new ApplicationCommand.Restart(selection());
            default -> new ApplicationCommand.Delete(selection());
        };
    }

    Reading.Understood understood() {
        return new Reading.Understood(
                application(),
                new CommandId(word(), "c-" + number()),
                Principal.claimed("u" + word()),
                word(),
                command());
    }

    <E> Recorded<E> recorded(E event) {
        return new Recorded<>(
                new CommandId(word(), word()),
                new Principal(word(), oneOf(Principal.Proof.values())),
                word(),
                moment(),
                word(),
                event);
    }

    Json.Obj object(int depth) {
        var members = new LinkedHashMap<String, Json>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(word() + random.nextInt(9), json(depth - 1));
        }
        return new Json.Obj(members);
    }

    private Json json(int depth) {
        return switch (random.nextInt(depth <= 0 ? 5 : 7)) {
            case 0 -> Json.Null.NULL;
            case 1 -> Json.bool(random.nextBoolean());
            case 2 -> Json.number(random.nextBoolean() ? random.nextInt(-3, 90) : random.nextLong());
            case 3 ->
                new Json.Num(BigDecimal.valueOf(2L * random.nextInt(1_000_000) + 1, random.nextInt(1, 9))
                        .stripTrailingZeros());
            case 4 -> Json.text(word());
            case 5 -> Json.array(list(() -> json(depth - 1)));
            default -> object(depth);
        };
    }

    private Release release() {
        return new Release(
                number(),
                spec(),
                list(this::word),
                word(),
                switch (random.nextInt(5)) {
                    case 4 -> new Origin.Retried(number());
                    case 0 -> new Origin.Applied();
                    case 1 -> new Origin.ImageSet();
                    case 2 -> new Origin.Restarted();
                    default -> new Origin.Undone(number());
                });
    }

    ReleaseSpec spec() {
        return new ReleaseSpec(
                list(this::kubernetesObject),
                selection(),
                strategy(),
                list(this::override),
                random.nextBoolean(),
                maybe(() -> moment().toString()));
    }

    private ClusterOverride override() {
        return new ClusterOverride(
                selection(), maybe(this::number), texts(), maybe(this::strategy), list(() -> object(2)));
    }

    private Strategy strategy() {
        return switch (random.nextInt(4)) {
            case 0 -> new Strategy.Rolling(maybe(this::amount), maybe(this::amount), maybe(this::number));
            case 1 -> new Strategy.Recreate(maybe(this::number));
            case 2 ->
                new Strategy.Canary(
                        list(this::step),
                        maybe(this::amount),
                        maybe(this::amount),
                        maybe(this::number),
                        maybe(() -> new Strategy.SessionAffinity(number())),
                        maybe(this::duration),
                        maybe(this::number),
                        maybe(() -> new Strategy.TrafficRouting("r" + word())));
            default ->
                new Strategy.BlueGreen(
                        maybe(() -> "s" + word()),
                        maybe(() -> "p" + word()),
                        random.nextBoolean()
                                ? new Strategy.AutoPromotion.Manual()
                                : new Strategy.AutoPromotion.After(duration()),
                        maybe(this::number),
                        oneOf(Strategy.CapacityCheck.values()),
                        maybe(this::duration),
                        maybe(this::number));
        };
    }

    private Strategy.CanaryStep step() {
        return switch (random.nextInt(3)) {
            case 0 -> new Strategy.CanaryStep.SetWeight(random.nextInt(101));
            case 1 -> new Strategy.CanaryStep.SetCanaryScale(number());
            default -> new Strategy.CanaryStep.Pause(maybe(this::duration));
        };
    }

    private Duration duration() {
        return random.nextBoolean()
                ? Duration.ofMillis(random.nextInt(10_000))
                : Duration.ofSeconds(random.nextInt(1_000_000));
    }

    private Layout layout() {
        var sides = new TreeMap<Role, Side>();
        list(this::role).forEach(role -> sides.put(role, new Side(oneOf(Content.values()), maybe(this::number))));
        return new Layout(
                sides,
                maybe(this::role),
                oneOf(Content.values()),
                new Traffic(random.nextBoolean(), maybe(this::number), random.nextBoolean()));
    }

    private Role role() {
        return oneOf(Role.values());
    }

    private RolloutEvent.Kept kept() {
        return new RolloutEvent.Kept(role(), moment(), Set.copyOf(list(this::key)));
    }

    private Amount amount() {
        return new Amount(random.nextInt(101), random.nextBoolean());
    }

    private ClusterSelection selection() {
        return random.nextInt(3) == 0
                ? ClusterSelection.ALL
                : new ClusterSelection(list(this::word), new LabelSelector(texts(), list(this::requirement)));
    }

    private Requirement requirement() {
        var operator = oneOf(Operator.values());
        boolean hasValues = operator == Operator.IN || operator == Operator.NOT_IN;
        return new Requirement("key" + number(), operator, hasValues ? List.of(word(), word()) : List.of());
    }

    private Destination destination() {
        return switch (random.nextInt(3)) {
            case 0 -> new Destination.Previous();
            case 1 -> new Destination.Revision(number());
            default -> new Destination.Moment(moment());
        };
    }

    private Assignment assignment() {
        return new Assignment(
                application(),
                word(),
                number(),
                number(),
                list(this::kubernetesObject),
                strategy(),
                new Directions(number(), random.nextBoolean(), random.nextBoolean()),
                random.nextBoolean(),
                random.nextBoolean(),
                random.nextBoolean(),
                word());
    }

    private KubernetesObject kubernetesObject() {
        return new KubernetesObject(object(4), new TreeMap<>(texts()));
    }

    private ObjectKey key() {
        return new ObjectKey(word(), word(), word(), word());
    }

    private Placed placed() {
        return new Placed(new Cluster(word(), texts()), maybe(this::number), random.nextBoolean());
    }

    private Trouble trouble() {
        return new Trouble(oneOf(Trouble.Kind.values()), word());
    }

    private ApplicationName application() {
        return new ApplicationName("ns" + random.nextInt(9), "app" + random.nextInt(9));
    }

    private Instant moment() {
        return Instant.ofEpochSecond(random.nextLong(-1_000_000_000L, 4_000_000_000L), random.nextInt(1_000_000_000));
    }

    private Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        list(this::word).forEach(word -> texts.put(word, word()));
        return texts;
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private int number() {
        return random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(9);
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> List<T> list(Supplier<T> item) {
        var items = new ArrayList<T>();
        for (int i = random.nextInt(4); i > 0; i--) {
            items.add(item.get());
        }
        return items;
    }
}
