package dev.serverbackup.cli;

import java.net.URI;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select the deployment: a stack, a table, or the local cloud. */
public final class ConnectionOptions {
    static final int LOCAL_PORT = 8000;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--local", description = "The local cloud of this machine.")
    private boolean local;

    @Option(
            names = "--local-port",
            paramLabel = "PORT",
            description = "The local cloud's port, if not 8000; its DynamoDB is on the next one.")
    private Integer localPort;

    @Option(names = "--stack", paramLabel = "NAME", description = "The stack, whose outputs name the table.")
    private String stack;

    @Option(names = "--table", paramLabel = "NAME", description = "The audit table, if the stack can't be read.")
    private String table;

    @Option(names = "--region", paramLabel = "REGION", description = "Default: AWS_REGION, or the profile's.")
    private String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "Default: AWS_PROFILE, or the default one.")
    private String profile;

    @Option(names = "--endpoint", paramLabel = "URL", description = "DynamoDB's endpoint, if it is not the region's.")
    private String endpoint;

    /**
     * Opens the deployment that the options select. Makes no call.
     *
     * @throws ParameterException if the options are invalid
     */
    Connection open() {
        if (local || localPort != null) {
            if (stack != null || table != null || region != null || profile != null || endpoint != null) {
                throw unclear("--local can't be combined with --stack, --table, --region, --profile or --endpoint");
            }
            int port = localPort == null ? LOCAL_PORT : localPort;
            if (port < 1 || port > 65_534) {
                throw unclear("--local-port is 1 to 65534, not " + port);
            }
            return Connection.local(port);
        }
        if ((stack == null) == (table == null)) {
            throw unclear("give one of --stack NAME, --table NAME, --local, to say which audit is read");
        }
        matching("--table", table, "[A-Za-z0-9_.-]{3,255}", "a table's name, 3 to 255 of A-Z a-z 0-9 _ . -");
        matching(
                "--stack",
                stack,
                "[A-Za-z][A-Za-z0-9-]{0,127}",
                "a stack's name, 1 to 128 letters, digits and hyphens");
        matching("--region", region, "[a-z]{2}[a-z0-9-]{1,30}", "a region's name such as eu-central-1");
        matching(
                "--endpoint",
                endpoint,
                "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?",
                "an address such as http://127.0.0.1:8001");
        return Connection.aws(
                Optional.ofNullable(stack),
                Optional.ofNullable(table),
                Optional.ofNullable(region),
                Optional.ofNullable(profile),
                Optional.ofNullable(endpoint).map(URI::create));
    }

    private void matching(String option, String value, String pattern, String allowed) {
        if (value != null && !value.matches(pattern)) {
            throw unclear("%s is %s, not '%s'".formatted(option, allowed, value));
        }
    }

    private ParameterException unclear(String message) {
        CommandLine line = command.commandLine();
        return new ParameterException(line, message);
    }
}
