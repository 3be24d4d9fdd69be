package dev.shiplog.domain.rollout;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.obj;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.rollout.CourseStories.MANUAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Samples;
import dev.shiplog.domain.course.Directions;
import dev.shiplog.domain.release.KubernetesObject;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.rollout.RolloutEvent.Switched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which Services are led to a colour, and to which. */
class ColourServicesTest {

    @Test
    void theActiveOneLeadsToTheColourOfUsersAndThePreviewToTheOther() {
        var strategy = named(Optional.of("hello"), Optional.of("look"));
        var services = List.of(service("hello"), selectingHello("look"));
        var held = run(strategy, services);
        assertThat(colour(held, "hello")).contains("blue");
        assertThat(colour(held, "look")).contains("green");

        var switched =
                held.assign(RolloutStories.assignment(3, 2, spec(2, strategy, services), Directions.NONE.promoted(1)));
        assertThat(colour(switched, "hello")).contains("green");
        assertThat(colour(switched, "look")).contains("blue");
        assertThat(switched.events())
                .filteredOn(Switched.class::isInstance)
                .singleElement()
                .satisfies(event -> assertThat(((Switched) event).services()).containsExactly("hello"));
    }

    @Test
    void whereNoneIsNamedAllLeadToUsersColourThatSelectThePods() {
        var held = run(MANUAL, List.of(service("hello"), selectingHello("admin"), service("database")));
        assertThat(colour(held, "hello")).contains("blue");
        assertThat(colour(held, "admin")).contains("blue");
        assertThat(colour(held, "database")).isEmpty();
    }

    @Test
    void whereOneIsNamedTheOthersStayAsTheyAreWritten() {
        var held = run(named(Optional.of("hello"), Optional.empty()), List.of(service("hello"), selectingHello("all")));
        assertThat(colour(held, "hello")).contains("blue");
        assertThat(colour(held, "all")).isEmpty();
    }

    /** Knative calls something else so. */
    @Test
    void whatIsNoServiceOfKubernetesStaysAsItIsWritten() {
        var foreign = new KubernetesObject(obj(
                "apiVersion",
                "serving.knative.dev/v1",
                "kind",
                "Service",
                "metadata",
                obj("name", "function"),
                "spec",
                obj("selector", obj("app", "hello"))));
        var held = run(MANUAL, List.of(service("hello"), foreign));
        assertThat(colour(held, "function")).isEmpty();
    }

    private static Run run(Strategy strategy, List<KubernetesObject> services) {
        return new Run(RolloutStories.rollout())
                .assign(1, 1, spec(1, strategy, services))
                .assign(2, 2, spec(2, strategy, services));
    }

    private static ReleaseSpec spec(int version, Strategy strategy, List<KubernetesObject> services) {
        var objects = new ArrayList<>(services);
        objects.add(deployment("hello", "hello:" + version + ".0.0", 2));
        return Samples.withStrategy(Samples.spec(objects.toArray(KubernetesObject[]::new)), strategy);
    }

    private static KubernetesObject selectingHello(String name) {
        var service = service(name);
        return Samples.selecting(service, "app", "hello");
    }

    private static Optional<String> colour(Run run, String service) {
        return run.objects().stream()
                .filter(object ->
                        object.kind().equals("Service") && object.name().equals(service))
                .findFirst()
                .orElseThrow()
                .json()
                .object("spec")
                .object("selector")
                .text("shiplog.dev/colour");
    }

    private static Strategy named(Optional<String> active, Optional<String> preview) {
        return new Strategy.BlueGreen(
                active,
                preview,
                new Strategy.AutoPromotion.Manual(),
                Optional.empty(),
                Strategy.CapacityCheck.ENFORCE,
                Optional.of(Duration.ofMinutes(5)),
                Optional.empty());
    }
}
