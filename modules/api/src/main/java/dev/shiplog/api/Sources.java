package dev.shiplog.api;

import dev.shiplog.protocol.view.SealingKey;
import dev.shiplog.views.ReadModel;
import dev.shiplog.views.live.Changes;
import java.util.function.Supplier;

/**
 * What the API shows, and who it hands commands to.
 *
 * @param changes word that something has changed, for those who watch
 * @param releaseSchema the JSON Schema of the release file
 */
public record Sources(
        ReadModel readModel,
        Changes changes,
        CommandSubmitter submitter,
        Supplier<SealingKey> sealingKey,
        Supplier<String> releaseSchema,
        Readiness readiness,
        Freshness freshness) {}
