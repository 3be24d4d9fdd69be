package dev.shiplog.cli.command;

import dev.shiplog.cli.Failure;

/** A release as people name it: {@code hello@3}; without a revision, 0, the application's newest is meant, or all. */
record ReleaseName(AppName app, int revision) {

    static ReleaseName of(String text, Session session) {
        int at = text.indexOf('@');
        if (at < 0) {
            return new ReleaseName(AppName.of(text, session), 0);
        }
        var number = text.substring(at + 1);
        if (!number.matches("[1-9]\\d{0,8}")) {
            throw Failure.usage("\"" + text + "\" names no release; write APP@REVISION, e.g. hello@3");
        }
        return new ReleaseName(AppName.of(text.substring(0, at), session), Integer.parseInt(number));
    }
}
