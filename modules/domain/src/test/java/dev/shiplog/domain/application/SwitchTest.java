package dev.shiplog.domain.application;

import static dev.shiplog.domain.Samples.deployment;
import static dev.shiplog.domain.Samples.service;
import static dev.shiplog.domain.Samples.spec;
import static dev.shiplog.domain.Samples.withStrategy;
import static dev.shiplog.domain.application.ApplicationStories.application;
import static dev.shiplog.domain.application.ApplicationStories.apply;
import static dev.shiplog.domain.application.ApplicationStories.completedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.images;
import static dev.shiplog.domain.application.ApplicationStories.reportedEverywhere;
import static dev.shiplog.domain.application.ApplicationStories.switchTo;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shiplog.domain.Outcome;
import dev.shiplog.domain.Story;
import dev.shiplog.domain.application.ApplicationCommand.Result;
import dev.shiplog.domain.course.Role;
import dev.shiplog.domain.fleet.ClusterSelection;
import dev.shiplog.domain.release.ClusterOverride;
import dev.shiplog.domain.release.ReleaseSpec;
import dev.shiplog.domain.release.Strategy;
import dev.shiplog.domain.release.Strategy.AutoPromotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows 18 and 19 of the walkthrough, as an application decides them. */
class SwitchTest {

    private static final Strategy COLOURS = new Strategy.BlueGreen(
            Optional.empty(),
            Optional.empty(),
            AutoPromotion.AT_ONCE,
            Optional.empty(),
            Strategy.CapacityCheck.OFF,
            Optional.empty(),
            Optional.empty());

    /** The plain Deployment was copied to blue: that is what users came to before green. */
    @Test
    void whatWasPlainBeforeGreenIsBlue() {
        var back = green().when(switchTo(Role.BLUE)).accepted();
        assertThat(images(back.state(), "gke-seoul")).containsExactly("hello:1.0.0");
        var assignment = new ApplicationDecider(dev.shiplog.domain.Samples.HELLO).assignment(back.state(), "gke-seoul");
        assertThat(assignment.strategy())
                .as("back to blue, and not to a plain Deployment")
                .isEqualTo(COLOURS);
        assertThat(assignment.directions().straight()).isTrue();
    }

    @Test
    void thenGreenIsWhereItIsLeft() {
        var back = reported(green().when(switchTo(Role.BLUE)).accepted(), Role.BLUE);
        var again = back.when(switchTo(Role.GREEN)).accepted();
        assertThat(images(again.state(), "gke-seoul")).containsExactly("hello:2.0.0");
    }

    /** A first release that comes out in colours, or one with the same pods, leaves no other colour behind. */
    @Test
    void aColourThatWasNeverThereIsNotSwitchedTo() {
        var sentence = "cannot switch \"default/hello\" to green: on \"eks-virginia\" there has been no green yet, "
                + "on \"gke-seoul\" there has been no green yet, on \"onprem-busan\" there has been no green yet; "
                + "shiplog get app hello -n default shows the colours";
        reported(application().after(apply(hello(1, COLOURS))), Role.BLUE)
                .when(switchTo(Role.GREEN))
                .refused("not-switchable", sentence);
        reported(plain().after(apply(hello(1, COLOURS))), Role.BLUE)
                .when(switchTo(Role.GREEN))
                .refused("not-switchable", sentence);
    }

    /** While green waits, users are on the blue that the plain Deployment has become. */
    @Test
    void aServiceThatSomebodyChangedBeforeTheFirstSwitchIsSetBackToBlue() {
        var held = reportedEverywhere(
                plain().after(apply(hello(2, ApplicationStories.BLUE_GREEN))),
                new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN)));
        var back = held.when(new ApplicationCommand.Switch(ClusterSelection.ALL, Role.BLUE, true))
                .accepted();
        assertThat(back.events().getLast()).isInstanceOf(ApplicationEvent.TakeoverRequested.class);
        held.when(switchTo(Role.BLUE)).accepted();
    }

    /** On three clusters: rolling on one, still coming up on the second, ready on the third. */
    @Test
    void whereItIsNotSwitchedAndWhyIsToldWithWhereItIs() {
        var mixed = mixed().when(switchTo(Role.GREEN)).accepted();
        assertThat(answer(mixed))
                .isEqualTo(
                        "promoted on onprem-busan; not switched to green: on \"eks-virginia\" green is not ready yet, on"
                                + " \"gke-seoul\" the strategy is not blueGreen");
        var forced = mixed().when(new ApplicationCommand.Switch(ClusterSelection.ALL, Role.GREEN, true))
                .accepted();
        assertThat(answer(forced)).isEqualTo(answer(mixed));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> mixed() {
        var rolling = List.of(new ClusterOverride(
                ClusterSelection.named("gke-seoul"),
                Optional.empty(),
                Map.of(),
                Optional.of(Strategy.AS_WRITTEN),
                List.of()));
        var blue = reported(
                application()
                        .after(apply(hello(1, ApplicationStories.BLUE_GREEN).withOverrides(rolling))),
                Role.BLUE);
        var second = blue.after(apply(hello(2, ApplicationStories.BLUE_GREEN).withOverrides(rolling)));
        return second.byShiplog()
                .after(new ApplicationCommand.Report(
                        "onprem-busan",
                        second.state().generation(),
                        new Result.Held(0, Optional.empty(), Optional.of(Role.GREEN))))
                .byMira();
    }

    /** What the latest command was told. */
    private static String answer(Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story) {
        return story.state().outcomes().values().stream()
                .reduce((earlier, later) -> later)
                .map(outcome -> ((Outcome.Accepted) outcome).message())
                .orElseThrow();
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> plain() {
        return completedEverywhere(application().after(apply(hello(1, Strategy.AS_WRITTEN))));
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> green() {
        return reported(plain().after(apply(hello(2, COLOURS))), Role.GREEN);
    }

    private static Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> reported(
            Story<ApplicationCommand, ApplicationEvent, Application, ApplicationTask> story, Role active) {
        return reportedEverywhere(story, new Result.Completed(Optional.of(active), Optional.empty(), false));
    }

    private static ReleaseSpec hello(int version, Strategy strategy) {
        return withStrategy(spec(deployment("hello", "hello:" + version + ".0.0", 3), service("hello")), strategy);
    }
}
