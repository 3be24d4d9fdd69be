package dev.shiplog.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.setup.Setup;

/** Gives an actor system the open journal that its persistent actors write to. */
public final class JournalSetup extends Setup {

    private final Journal journal;

    private JournalSetup(Journal journal) {
        this.journal = journal;
    }

    /** What to create the actor system with: the journal, and its settings before the given ones. */
    public static ActorSystemSetup of(Journal journal, Config config) {
        Config settings = ConfigFactory.parseResourcesAnySyntax(JournalSetup.class, "journal")
                .withValue(
                        "pekko.persistence.max-concurrent-recoveries",
                        ConfigValueFactory.fromAnyRef(journal.limits().recoveries()))
                .withFallback(config)
                .resolve();
        return ActorSystemSetup.create(BootstrapSetup.create(settings), new JournalSetup(journal));
    }

    Journal journal() {
        return journal;
    }
}
