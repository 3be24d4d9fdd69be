package dev.shiplog.server.command;

import dev.shiplog.cli.command.CommandLines;
import picocli.CommandLine.IVersionProvider;

/** The version is the command line's. */
final class Versions implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"shiplog " + CommandLines.version()};
    }
}
