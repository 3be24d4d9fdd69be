package dev.shiplog.api.http;

import dev.shiplog.domain.ApplicationName;
import dev.shiplog.protocol.view.Problem;
import dev.shiplog.protocol.view.RevisionView;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.temporal.ChronoUnit;

/** What went wrong, for programs and for people; nothing of how we are made. */
public final class Problems {

    private Problems() {}

    /** @param detail a sentence that says what to do */
    public static Problem problem(int status, String code, String detail) {
        return new Problem(
                "urn:shiplog:problem:" + code,
                HttpResponseStatus.valueOf(status).reasonPhrase(),
                status,
                detail,
                code);
    }

    public static Refused refused(int status, String code, String detail) {
        return new Refused(problem(status, code, detail));
    }

    public static Refused unknownApplication(String application) {
        return refused(
                404,
                "unknown-application",
                "application \"" + application + "\" not found; shiplog get apps lists those there are");
    }

    /** One that was and is no more: unknown as well, to programs. */
    public static Refused deletedApplication(ApplicationName application, RevisionView.Deletion deletion) {
        return refused(
                404,
                "unknown-application",
                "application \"" + application + "\" was deleted by " + deletion.actor() + " at "
                        + deletion.time().truncatedTo(ChronoUnit.SECONDS)
                        + (deletion.reason().isBlank() ? "" : " (" + deletion.reason() + ")")
                        + "; shiplog rollout history " + application.name() + " -n " + application.namespace()
                        + " still shows it");
    }

    /** Ends a request with a problem. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        private Refused(Problem problem) {
            super(problem.code() + ": " + problem.detail(), null, false, false);
            this.problem = problem;
        }

        public Problem problem() {
            return problem;
        }
    }
}
