package dev.shiplog.views;

import dev.shiplog.domain.application.Target;
import dev.shiplog.domain.course.Content;
import dev.shiplog.domain.course.Layout;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.course.Side;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import dev.shiplog.domain.rollout.Observation;
import dev.shiplog.domain.rollout.Observation.Mark;
import dev.shiplog.domain.rollout.Observation.Workload;
import dev.shiplog.protocol.view.AppView;
import dev.shiplog.views.history.Place;
import dev.shiplog.views.history.Placement;
import dev.shiplog.views.live.Changes;
import dev.shiplog.views.live.ClusterSight;
import dev.shiplog.views.status.Shown;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * {@code default/hello} on seoul: revision 2 on its way, revision 1 serving there, and how that is told.
 *
 * @param seenFor how long the cluster has looked as it does
 */
record OnSeoul(Placement placement, Duration seenFor) {

    static final Mark MARK = new Mark(4, 1);
    static final Target.Standing OWED = new Target.Standing.Owed();
    static final Target.Standing HELD = new Target.Standing.Held(1, Optional.empty(), Optional.empty());
    static final Target.Standing DONE = new Target.Standing.Completed(Optional.empty(), false);

    static final Strategy.Canary STEPS = steps(Optional.empty(), Optional.empty());

    /** @param lastPause how long the second pause lasts; empty: until somebody promotes it */
    static Strategy.Canary steps(Optional<Duration> lastPause, Optional<Strategy.SessionAffinity> affinity) {
        return new Strategy.Canary(
                List.of(
                        new CanaryStep.SetWeight(25),
                        new CanaryStep.Pause(Optional.empty()),
                        new CanaryStep.SetWeight(50),
                        new CanaryStep.Pause(lastPause)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                affinity,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** In the first steps: three pods of revision 1 beside one of revision 2. */
    static OnSeoul canary(Target.Standing standing) {
        return of(STEPS, standing, layout(Role.PLAIN, Map.of(Role.PLAIN, good(3), Role.CANARY, fresh(1))), 1);
    }

    /** Three pods of one Deployment, all of revision 2 now or soon. */
    static OnSeoul alone(Strategy strategy, Target.Standing standing) {
        return of(strategy, standing, layout(Role.PLAIN, Map.of(Role.PLAIN, fresh(3))), 0);
    }

    /** @param more Services that select the same pods */
    static OnSeoul of(Strategy strategy, Target.Standing standing, Layout layout, int step, String... more) {
        var course = new Placement.Course(strategy, "hello", List.of(), front("hello:2", more));
        var declared = new Placement.Declared(List.of("hello:2"), true, 3, 0, course);
        var placement = new Placement(
                new Place(Story.name("default/hello"), "seoul"),
                Map.of(),
                new Placement.Wanted(2, Optional.empty(), declared, false, false, false),
                4,
                Sightings.NOON,
                new Placement.Carried(standing, true, Optional.empty(), ""),
                new Placement.Position(layout, step, MARK, standing instanceof Target.Standing.Held),
                Optional.of(new Placement.Good(1, front("hello:1", more))));
        return new OnSeoul(placement, Duration.ofMinutes(1));
    }

    OnSeoul seenFor(Duration lasting) {
        return new OnSeoul(placement, lasting);
    }

    OnSeoul wanting(UnaryOperator<Placement.Wanted> change) {
        return with(change.apply(placement.wanted()), placement.carried(), placement.good());
    }

    OnSeoul carried(UnaryOperator<Placement.Carried> change) {
        return with(placement.wanted(), change.apply(placement.carried()), placement.good());
    }

    OnSeoul good(Optional<Placement.Good> last) {
        return with(placement.wanted(), placement.carried(), last);
    }

    /** Nobody comes by a Service. */
    OnSeoul withoutServices() {
        var declared = placement.wanted().declared();
        var course = declared.course();
        var changed = new Placement.Declared(
                declared.images(),
                declared.scalable(),
                declared.scaled(),
                declared.fixed(),
                new Placement.Course(course.strategy(), course.workload(), course.others(), Placement.Front.NONE));
        var wanted = placement.wanted();
        return wanting(ignored -> new Placement.Wanted(
                        wanted.revision(),
                        wanted.scale(),
                        changed,
                        wanted.paused(),
                        wanted.removing(),
                        wanted.aborting()))
                .good(placement.good().map(last -> new Placement.Good(last.revision(), Placement.Front.NONE)));
    }

    private OnSeoul with(Placement.Wanted wanted, Placement.Carried carried, Optional<Placement.Good> good) {
        return new OnSeoul(
                new Placement(
                        placement.place(),
                        placement.labels(),
                        wanted,
                        placement.generation(),
                        placement.since(),
                        carried,
                        placement.position(),
                        good),
                seenFor);
    }

    AppView.OnCluster shown(List<Workload> workloads, Observation.Service... services) {
        return shownBeside("default/nobody", List.of(), workloads, List.of(services));
    }

    /** Another application is on the cluster too. */
    AppView.OnCluster shownBeside(
            String other,
            List<Workload> ofOther,
            List<Workload> workloads,
            List<Observation.Service> services,
            Observation.Service... servicesOfOther) {
        var live = new ClusterSight(new Changes(), () -> Sightings.NOON.plus(seenFor));
        live.reached("seoul", "v1.34.1");
        live.seen(
                "seoul",
                new Observation(
                        Story.name(other),
                        "seoul",
                        Sightings.NOON,
                        ofOther,
                        List.of(servicesOfOther),
                        Optional.empty(),
                        List.of()));
        live.seen(
                "seoul",
                new Observation(
                        placement.place().application(),
                        "seoul",
                        Sightings.NOON,
                        workloads,
                        services,
                        Optional.empty(),
                        List.of()));
        return Shown.onCluster(placement, Shown.status(placement, live), live);
    }

    /** The Service as Shiplog means it, with so many ready pods of each Deployment. */
    static Observation.Service service(Map<String, Integer> ready) {
        return service(Map.of("app", "hello"), ready);
    }

    static Observation.Service service(Map<String, String> selector, Map<String, Integer> ready) {
        return new Observation.Service("hello", MARK, selector, ready);
    }

    static Layout layout(Role serving, Map<Role, Side> sides) {
        var shared = Optional.ofNullable(sides.get(serving)).orElseThrow().content();
        return new Layout(new TreeMap<>(sides), Optional.of(serving), shared);
    }

    static Side good(int pods) {
        return new Side(Content.GOOD, Optional.of(pods));
    }

    static Side fresh(int pods) {
        return new Side(Content.NEW, Optional.of(pods));
    }

    static Placement.Front front(String image, String... more) {
        var services = new TreeMap<>(Map.of("hello", Map.of("app", "hello")));
        for (var service : more) {
            services.put(service, Map.of("app", "hello"));
        }
        return new Placement.Front(List.of("hello=" + image), true, services, services);
    }
}
