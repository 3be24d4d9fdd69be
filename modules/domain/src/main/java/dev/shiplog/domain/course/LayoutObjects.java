package dev.shiplog.domain.course;

import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ObjectKey;
import dev.shiplog.domain.release.Rendering;
import dev.shiplog.domain.release.Strategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A layout as the objects that make it: the Deployment once for each side, under the side's name, labels and number of
 * pods; configuration of every release that has a side; everything else as the release says whose turn it is. What only
 * the new release has (an account that its pods need) is there from the start. Where a canary's share is one of requests,
 * each side has a Service of its own, and the release's HTTPRoute has the weights.
 *
 * @param application its name; the Deployment of that name, or else the first, is the one that has sides
 * @param good the objects of the last good release; empty if there is none
 * @param wanted the objects of the release on its way
 */
public record LayoutObjects(
        String application,
        List<KubernetesObject> good,
        List<KubernetesObject> wanted,
        Strategy strategy,
        boolean paused) {

    public LayoutObjects {
        good = List.copyOf(good);
        wanted = List.copyOf(wanted);
    }

    /** In the order of writing: configuration, then what is shared, then pods. */
    public List<KubernetesObject> of(Layout layout) {
        var byKey = new LinkedHashMap<ObjectKey, KubernetesObject>();
        for (var content : contents(layout)) {
            objects(content).stream().filter(Rendering::isConfig).forEach(object -> byKey.put(object.key(), object));
        }
        var routing = routing(layout);
        routing.stream()
                .flatMap(present -> present.services().stream())
                .forEach(service -> byKey.put(service.key(), service));
        for (var object : shared(layout)) {
            if (!object.isWorkload()) {
                var selecting = selecting(layout, object);
                var routed = routing.filter(present -> present.isOf(object))
                        .map(present -> present.divided(object, layout.traffic().weight()));
                byKey.put(
                        object.key(),
                        routed.orElseGet(() -> userServices(layout.shared()).in(layout, selecting)));
            }
        }
        for (var object : shared(layout)) {
            if (object.isWorkload()) {
                byKey.put(object.key(), object);
            }
        }
        layout.sides().forEach((role, side) -> {
            if (side.content() != Content.OTHER) {
                main(side.content()).ifPresent(workload -> {
                    var placed = placed(workload, role, side);
                    byKey.put(placed.key(), placed);
                });
            }
        });
        return List.copyOf(byKey.values());
    }

    /** The Deployment of one side alone. */
    public Optional<KubernetesObject> pods(Role role, Side side) {
        return main(side.content()).map(workload -> placed(workload, role, side));
    }

    /** The keys of {@link #of}, and of the sides that stand as they are; without working the objects out. */
    public Set<ObjectKey> keys(Layout layout) {
        var keys = new LinkedHashSet<ObjectKey>();
        for (var content : contents(layout)) {
            objects(content).stream()
                    .filter(Rendering::isConfig)
                    .map(KubernetesObject::key)
                    .forEach(keys::add);
        }
        shared(layout).stream().map(KubernetesObject::key).forEach(keys::add);
        routing(layout).ifPresent(routing -> {
            routing.services().forEach(service -> keys.add(service.key()));
            if (!isOwn(routing, layout)) {
                keys.add(routing.key());
            }
        });
        layout.sides()
                .forEach((role, side) -> main(side.content())
                        .or(() -> main(Content.NEW))
                        .ifPresent(workload -> keys.add(SideDeployment.key(workload, role))));
        return keys;
    }

    /** The names of the Deployments whose pods have to be there before the layout stands. */
    public Set<String> workloads(Layout layout) {
        var names = new LinkedHashSet<String>();
        shared(layout).stream()
                .filter(KubernetesObject::isWorkload)
                .map(KubernetesObject::name)
                .forEach(names::add);
        layout.sides().forEach((role, side) -> {
            if (side.content() != Content.OTHER) {
                main(side.content()).ifPresent(workload -> names.add(role.nameOf(workload.name())));
            }
        });
        return names;
    }

    /** The name of the Deployment that plays the role. */
    public String nameOf(Layout layout, Role role) {
        var content = layout.side(role).map(Side::content).orElse(Content.NEW);
        return main(content)
                .or(() -> main(Content.NEW))
                .map(KubernetesObject::name)
                .map(role::nameOf)
                .orElse("");
    }

    /** The Deployment under the name of the manifest, whether or not it is in a layout. */
    public Optional<ObjectKey> plain() {
        return main(Content.NEW).map(KubernetesObject::key);
    }

    /** The keys of one side alone: its Deployment and its configuration. */
    public Set<ObjectKey> keysOf(Role role, Content content) {
        var keys = new LinkedHashSet<ObjectKey>();
        objects(content).stream()
                .filter(Rendering::isConfig)
                .map(KubernetesObject::key)
                .forEach(keys::add);
        main(content).ifPresent(workload -> keys.add(SideDeployment.key(workload, role)));
        return keys;
    }

    /** The names of the Services by which users come. */
    public List<String> activeServices(Layout layout) {
        return shared(layout).stream()
                .filter(userServices(layout.shared())::isActive)
                .map(KubernetesObject::name)
                .toList();
    }

    /** The Services of one side alone, as long as requests are divided by weight, and whose pods have to be behind them. */
    public Map<String, Role> sideServices(Layout layout) {
        var names = new LinkedHashMap<String, Role>();
        routing(layout)
                .ifPresent(routing -> layout.sides().forEach((role, side) -> {
                    boolean isAwaited = side.content() != Content.OTHER && side.pods() > 0;
                    if (isAwaited && !role.isColour()) {
                        names.put(routing.nameOf(role), role);
                    }
                }));
        return names;
    }

    /**
     * What is to be written into HTTPRoutes that others own: into the one that the strategy names its weight, into any that
     * was written into before nothing any more.
     *
     * @param written what may be on the cluster
     */
    public List<RouteShare> routes(Layout layout, Set<ObjectKey> written) {
        var own = shared(layout).stream().map(KubernetesObject::key).toList();
        var routing = routing(layout).filter(present -> !isOwn(present, layout));
        var shares = new ArrayList<RouteShare>();
        routing.map(present -> present.share(layout.traffic().weight())).ifPresent(shares::add);
        written.stream()
                .filter(Routing::isRoute)
                .filter(key -> !own.contains(key)
                        && routing.filter(present -> present.key().equals(key)).isEmpty())
                .sorted(Comparator.comparing(ObjectKey::name))
                .map(key -> new RouteShare(key, Optional.empty(), Optional.empty()))
                .forEach(shares::add);
        return List.copyOf(shares);
    }

    /** The HTTPRoute, if it is not the wanted release's own, without a rule of which that release can have no canary. */
    public Optional<RouteShare> neededRoute() {
        var users = userServices(Content.NEW);
        return trafficRouting()
                .flatMap(routing -> UserServices.routed(
                                application,
                                wanted.stream().filter(users::isActive).toList())
                        .map(service -> new Routing(routing.httpRoute(), service)))
                .filter(routing -> wanted.stream().noneMatch(routing::isOf))
                .map(routing -> routing.share(Optional.empty()));
    }

    private boolean isOwn(Routing routing, Layout layout) {
        return shared(layout).stream().anyMatch(routing::isOf);
    }

    /** Empty as long as pods alone divide the requests. */
    private Optional<Routing> routing(Layout layout) {
        return trafficRouting()
                .filter(ignored -> layout.traffic().divided())
                .flatMap(routing -> UserServices.routed(
                                application,
                                shared(layout).stream()
                                        .filter(userServices(layout.shared())::isActive)
                                        .toList())
                        .map(service -> new Routing(routing.httpRoute(), selecting(layout, service))));
    }

    private KubernetesObject selecting(Layout layout, KubernetesObject object) {
        return layout.traffic().widened() ? Selectors.widened(object, written(layout)) : object;
    }

    /** Whom the Services select while pods are replaced. */
    public Selectors selectors() {
        return Selectors.of(good, wanted);
    }

    /** What those Services select while a role serves, as the release has them whose pods it has; of several, the first one. */
    public Map<String, String> selector(Layout layout, Role serving) {
        var content = layout.side(serving)
                .map(Side::content)
                .filter(known -> known != Content.OTHER)
                .orElse(layout.shared());
        var standing = layout.serving(serving, content);
        var users = userServices(content);
        return shared(standing).stream()
                .filter(users::isActive)
                .findFirst()
                .map(service ->
                        texts(users.in(standing, service).json().object("spec").object("selector")))
                .orElse(Map.of());
    }

    private static Map<String, String> texts(Json.Obj object) {
        var texts = new LinkedHashMap<String, String>();
        object.members().keySet().forEach(key -> object.text(key).ifPresent(text -> texts.put(key, text)));
        return texts;
    }

    /** Whether the pods of the last good release can't be told from a canary's by a route's Services. */
    public boolean isTrackMissing() {
        return trafficRouting().isPresent()
                && main(Content.GOOD).filter(workload -> !isStable(workload)).isPresent();
    }

    /** Whether the pods have the label by which a route's Services tell them from a canary's. */
    public static boolean isStable(KubernetesObject workload) {
        return template(workload)
                .object("metadata")
                .object("labels")
                .text(Role.TRACK)
                .filter(Role.STABLE::equals)
                .isPresent();
    }

    /** Whether the pods are the same in both releases, so that a change of one for the other makes no new pods. */
    public boolean sameTemplate() {
        var before = main(Content.GOOD).map(LayoutObjects::template);
        return before.isPresent() && before.equals(main(Content.NEW).map(LayoutObjects::template));
    }

    private static Json.Obj template(KubernetesObject workload) {
        return workload.json().object("spec").object("template");
    }

    /** The last good one first: configuration that both have is written as the new one's. */
    private static Set<Content> contents(Layout layout) {
        var contents = EnumSet.of(layout.shared());
        layout.sides().values().forEach(side -> contents.add(side.content()));
        contents.remove(Content.OTHER);
        return contents;
    }

    private List<KubernetesObject> objects(Content content) {
        return switch (content) {
            case GOOD -> good;
            case NEW -> wanted;
            case OTHER -> List.of();
        };
    }

    /** The Deployment that has sides. */
    private Optional<KubernetesObject> main(Content content) {
        return Rendering.mainWorkload(application, objects(content));
    }

    /** Neither configuration nor the Deployment that has sides. */
    private List<KubernetesObject> shared(Layout layout) {
        var from = written(layout);
        var byKey = new LinkedHashMap<ObjectKey, KubernetesObject>();
        for (var object : from) {
            if (!Rendering.isConfig(object) && !isMain(object)) {
                byKey.put(object.key(), object);
            }
        }
        if (layout.shared() == Content.NEW) {
            // A route that the new release has no more may be divided: it is made whole before its pods come, and goes
            // last.
            good.stream()
                    .filter(object -> Routing.isRoute(object.key()))
                    .forEach(route -> byKey.putIfAbsent(route.key(), route));
        }
        if (layout.shared() == Content.GOOD && contents(layout).contains(Content.NEW)) {
            for (var object : wanted) {
                if (!Rendering.isConfig(object) && !isMain(object)) {
                    byKey.putIfAbsent(object.key(), object);
                }
            }
        }
        return new ArrayList<>(byKey.values());
    }

    /** Whose Services are written: of a release that nobody knows any more there are none. */
    private List<KubernetesObject> written(Layout layout) {
        return layout.shared() == Content.GOOD ? good : wanted;
    }

    private boolean isMain(KubernetesObject object) {
        return object.isWorkload()
                && (isNamed(main(Content.NEW), object.name()) || isNamed(main(Content.GOOD), object.name()));
    }

    private static boolean isNamed(Optional<KubernetesObject> object, String name) {
        return object.map(KubernetesObject::name).filter(name::equals).isPresent();
    }

    private KubernetesObject placed(KubernetesObject workload, Role role, Side side) {
        var next = main(Content.NEW)
                .flatMap(wantedOne -> wantedOne.json().object("spec").at("strategy"));
        return SideDeployment.of(workload, role, side, next, paused);
    }

    /** Those of a release are for the pods of that release: they may select a version. */
    private UserServices userServices(Content shared) {
        return new UserServices(
                strategy, main(shared).or(() -> main(Content.NEW)).or(() -> main(Content.GOOD)));
    }

    private Optional<Strategy.TrafficRouting> trafficRouting() {
        return strategy instanceof Strategy.Canary canary ? canary.trafficRouting() : Optional.empty();
    }
}
