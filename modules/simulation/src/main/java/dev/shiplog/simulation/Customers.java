package dev.shiplog.simulation;

import dev.shiplog.domain.application.ApplicationCommand;
import dev.shiplog.domain.application.ApplicationCommand.Destination;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.fleet.LabelSelector;
import dev.shiplog.domain.json.Json;
import dev.shiplog.domain.release.Amount;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.CanaryStep;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** People and pipelines: every command there is, in any order, some of them nonsense. */
final class Customers {

    private static final String VERSION = "version";

    private final Chance chance;

    /** Some worlds are full of them: each takes several releases to be tried. */
    private final boolean areRoutesUsual;

    /** In some the pods say their version, and most Services select one. */
    private final boolean areVersionsSelected;

    Customers(Chance chance) {
        this.chance = chance;
        this.areRoutesUsual = chance.percent(30);
        this.areVersionsSelected = chance.percent(20);
    }

    ApplicationCommand ask(String application, Instant now) {
        return switch (chance.below(26)) {
            case 20, 21, 22 -> new ApplicationCommand.Promote(selection(), chance.percent(30));
            case 23 -> new ApplicationCommand.Abort(selection());
            case 24 -> new ApplicationCommand.Retry(selection());
            case 25 -> new ApplicationCommand.Switch(selection(), chance.percent(50) ? Role.BLUE : Role.GREEN);
            case 0, 1, 2, 3, 4, 5 -> apply(application);
            case 6, 7, 8 -> new ApplicationCommand.Scale(selection(), chance.below(8) - 1);
            case 9, 10, 11 -> new ApplicationCommand.SetImage(selection(), Map.of(application, image()));
            case 12 -> new ApplicationCommand.Pause(selection());
            case 13 -> new ApplicationCommand.Resume(selection());
            case 14, 15, 16 -> new ApplicationCommand.Undo(selection(), destination(now), chance.percent(20));
            case 17 -> new ApplicationCommand.Restart(selection());
            case 18 -> new ApplicationCommand.Delete(selection());
            default -> new ApplicationCommand.Delete(ClusterSelection.ALL);
        };
    }

    ApplicationCommand apply(String application) {
        var objects = new ArrayList<KubernetesObject>();
        var strategy = strategy(application);
        boolean isRouted = strategy instanceof Strategy.Canary canary
                && canary.trafficRouting().isPresent();
        var image = image();
        objects.add(deployment(application, image, isRouted || chance.percent(areRoutesUsual ? 98 : 85)));
        if (chance.percent(40) || isRouted || strategy instanceof Strategy.BlueGreen) {
            objects.add(object("Service", application, Json.EMPTY.with("selector", selector(application, image))));
            boolean hasRoute = strategy instanceof Strategy.Canary canary
                    && canary.trafficRouting()
                            .filter(routing -> routing.httpRoute().equals(application))
                            .isPresent();
            if (chance.percent(hasRoute ? 95 : 10)) {
                objects.add(new KubernetesObject(SharedRoute.of(application, List.of(application))));
            }
        }
        boolean configured = chance.percent(60);
        if (configured) {
            objects.set(0, mounting(objects.getFirst(), "conf"));
            objects.add(object("ConfigMap", "conf", text("mode", "mode-" + chance.below(3))));
        }
        var overrides = chance.percent(25)
                ? List.of(new ClusterOverride(
                        selection(), Optional.of(chance.below(4)), Map.of(), Optional.empty(), List.of()))
                : List.<ClusterOverride>of();
        return new ApplicationCommand.Apply(
                new ReleaseSpec(objects, selection(), strategy, overrides, false, Optional.empty()), "");
    }

    private Strategy strategy(String application) {
        var deadline = Optional.of((int) chance.between(15, 90));
        return switch (chance.below(areRoutesUsual ? 15 : 9)) {
            case 4, 5, 6, 9, 10, 11, 12, 13, 14 -> canary(application, deadline);
            case 7, 8 ->
                new Strategy.BlueGreen(
                        Optional.empty(),
                        Optional.empty(),
                        chance.percent(40)
                                ? new Strategy.AutoPromotion.Manual()
                                : new Strategy.AutoPromotion.After(pause()),
                        chance.percent(30) ? Optional.of(1) : Optional.empty(),
                        chance.of(List.of(Strategy.CapacityCheck.values())),
                        chance.percent(80) ? Optional.of(pause()) : Optional.empty(),
                        deadline);
            case 0 -> new Strategy.Recreate(deadline);
            case 1 -> new Strategy.Rolling(Optional.of(Amount.pods(1)), Optional.of(Amount.pods(0)), deadline);
            case 2 -> new Strategy.Rolling(Optional.of(Amount.pods(0)), Optional.of(Amount.pods(1)), deadline);
            default -> new Strategy.Rolling(Optional.empty(), Optional.empty(), deadline);
        };
    }

    /** Requests are divided by the numbers of pods, by clients, or by a route: everybody's, or one of the release. */
    private Strategy canary(String application, Optional<Integer> deadline) {
        var steps = new ArrayList<CanaryStep>();
        for (int i = (int) chance.between(1, 4); i > 0; i--) {
            steps.add(
                    switch (chance.below(7)) {
                        case 0 -> new CanaryStep.Pause(Optional.empty());
                        case 1, 2 -> new CanaryStep.Pause(Optional.of(pause()));
                        case 3 -> new CanaryStep.SetCanaryScale(chance.below(3));
                        default -> new CanaryStep.SetWeight(25 * chance.below(5));
                    });
        }
        boolean careful = chance.percent(30);
        int divided = areRoutesUsual ? 9 : chance.below(8);
        return new Strategy.Canary(
                steps,
                careful ? Optional.of(Amount.pods(1)) : Optional.empty(),
                careful ? Optional.of(Amount.pods(0)) : Optional.empty(),
                deadline,
                divided == 0 ? Optional.of(new Strategy.SessionAffinity(60)) : Optional.empty(),
                chance.percent(20) ? Optional.of(pause()) : Optional.empty(),
                chance.percent(30) ? Optional.of(0) : Optional.empty(),
                divided < 5
                        ? Optional.empty()
                        : Optional.of(new Strategy.TrafficRouting(
                                chance.percent(60) ? SharedRoute.KEY.name() : application)));
    }

    private Duration pause() {
        return Duration.ofSeconds(chance.between(1, 60));
    }

    private String image() {
        return chance.percent(10) ? SimulatedDeployment.BAD_IMAGE : "hello:" + chance.between(1, 4);
    }

    private Destination destination(Instant now) {
        return switch (chance.below(3)) {
            case 0 -> new Destination.Previous();
            case 1 -> new Destination.Revision((int) chance.between(1, 6));
            default -> new Destination.Moment(now.minusSeconds(chance.between(0, 300)));
        };
    }

    private ClusterSelection selection() {
        return switch (chance.below(5)) {
            case 0 -> ClusterSelection.named("c" + chance.between(1, 3));
            case 1 ->
                new ClusterSelection(
                        List.of(), new LabelSelector(Map.of("parity", chance.percent(50) ? "odd" : "even"), List.of()));
            default -> ClusterSelection.ALL;
        };
    }

    private Json.Obj selector(String application, String image) {
        var any = text("app", application);
        return areVersionsSelected && chance.percent(70) ? any.with(VERSION, Json.text(version(image))) : any;
    }

    private static String version(String image) {
        return image.substring(image.indexOf(':') + 1);
    }

    /** @param tracked whether a route can tell its pods from a canary's */
    private KubernetesObject deployment(String name, String image, boolean tracked) {
        var container = text("name", name).with("image", Json.text(image));
        var pod = Json.EMPTY.with("containers", Json.array(List.of(container)));
        var selected = text("app", name);
        var tracks = tracked ? selected.with(Role.TRACK, Json.text(Role.STABLE)) : selected;
        var labels = areVersionsSelected ? tracks.with(VERSION, Json.text(version(image))) : tracks;
        var spec = Json.EMPTY
                .with("selector", Json.EMPTY.with("matchLabels", selected))
                .with(
                        "template",
                        Json.EMPTY
                                .with("metadata", Json.EMPTY.with("labels", labels))
                                .with("spec", pod));
        return object(
                "Deployment", name, chance.percent(80) ? spec.with("replicas", Json.number(chance.below(5))) : spec);
    }

    private static KubernetesObject mounting(KubernetesObject deployment, String config) {
        var volume = text("name", "conf").with("configMap", text("name", config));
        return deployment.withJson(deployment
                .json()
                .withObject(
                        "spec",
                        spec -> spec.withObject(
                                "template",
                                template -> template.withObject(
                                        "spec", pod -> pod.with("volumes", Json.array(List.of(volume)))))));
    }

    private static KubernetesObject object(String kind, String name, Json.Obj content) {
        var object = text("apiVersion", kind.equals("Deployment") ? "apps/v1" : "v1")
                .with("kind", Json.text(kind))
                .with("metadata", text("name", name));
        return new KubernetesObject(object.with(kind.equals("ConfigMap") ? "data" : "spec", content));
    }

    private static Json.Obj text(String name, String value) {
        return Json.EMPTY.with(name, Json.text(value));
    }
}
