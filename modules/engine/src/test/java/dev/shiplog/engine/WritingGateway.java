package dev.shiplog.engine;

import dev.shiplog.domain.rollout.RolloutCommand;
import dev.shiplog.domain.rollout.RolloutTask;
import dev.shiplog.engine.cluster.ClusterGateway;
import java.util.function.Consumer;

/** Writes at once, and sees nothing; how it deletes is what a test is about. */
public abstract class WritingGateway implements ClusterGateway {

    @Override
    public final void apply(RolloutTask.Apply task, Consumer<RolloutCommand> answer) {
        answer.accept(new RolloutCommand.ConfirmApplied(task.assignment().generation(), task.leg()));
    }

    @Override
    public final void look(RolloutTask.Watch task) {}

    @Override
    public final void close() {}
}
