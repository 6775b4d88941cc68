package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.DeletedCommand;
import dev.serverbackup.cli.audit.ExcludedCommand;
import dev.serverbackup.cli.audit.FailedCommand;
import dev.serverbackup.cli.audit.NightCommand;
import dev.serverbackup.cli.audit.OpenCommand;
import dev.serverbackup.cli.audit.OverdueCommand;
import dev.serverbackup.cli.audit.QuotaCommand;
import dev.serverbackup.cli.audit.ReportCommand;
import dev.serverbackup.cli.audit.RunsCommand;
import dev.serverbackup.cli.audit.ServerCommand;
import dev.serverbackup.cli.audit.ShowRunCommand;
import dev.serverbackup.cli.audit.WhoCommand;
import dev.serverbackup.cli.restore.RestoreCommand;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The program's root command, with its commands and exit codes. An instance is for one command line.
 *
 * <p>Exit codes are a contract with scripts: {@value #OK}, {@value #PROBLEM_FOUND}, {@value #USAGE}, {@value #FAILED}.
 */
@Command(
        name = "server-backup",
        mixinStandardHelpOptions = true,
        subcommands = {CommandLine.HelpCommand.class, GenerateCompletion.class},
        version = "Server Backup 0.1.0",
        description = "Requests backups, and shows their results.",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success, and nothing is wrong",
            "1:success, but something is wrong: a failure, an overdue server, a refused plan",
            "2:the command line is invalid",
            "3:no result: no such table, no network, no permission"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./server-backup cloud                          a local cloud on this machine",
            "  ./server-backup ask --local --tag Backup --watch",
            "  ./server-backup night --local                  its result",
            "  ./server-backup server chef-automate-prod-1 --stack server-backup"
        })
public final class ServerBackup implements Runnable {
    /** Success, and nothing is wrong. */
    public static final int OK = 0;

    /** Success, but something is wrong. */
    public static final int PROBLEM_FOUND = 1;

    /** The command line is invalid. */
    public static final int USAGE = 2;

    /** There is no result: a call failed. */
    public static final int FAILED = 3;

    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    private final Screen screen;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Prompt prompt;
    private final Consumer<Duration> pause;

    @Spec
    private CommandSpec spec;

    /**
     * Without a person at a terminal.
     *
     * @param environment the process's, or a test's
     */
    public ServerBackup(Screen screen, Map<String, String> environment, InstantSource clock) {
        this(screen, environment, clock, Prompt.ABSENT, Watch::pause);
    }

    /**
     * With a person at a terminal.
     *
     * @param prompt is asked for confirmation
     * @param pause waits
     */
    public ServerBackup(
            Screen screen,
            Map<String, String> environment,
            InstantSource clock,
            Prompt prompt,
            Consumer<Duration> pause) {
        this.screen = screen;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.prompt = prompt;
        this.pause = pause;
    }

    /** Runs the command line, and exits. */
    public static void main(String[] arguments) {
        Screen screen = Screen.ofProcess(System.getenv());
        if (arguments.length == 0 || !FunctionCommand.NAMES.contains(arguments[0])) {
            withoutLog();
        }
        System.exit(new ServerBackup(screen, System.getenv(), Clock.systemUTC(), Prompt.atConsole(), Watch::pause)
                .run(arguments));
    }

    /**
     * Switches the logger off, to keep log lines out of the output and to save its start-up time. SLF4J reads these
     * properties.
     */
    static void withoutLog() {
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    /** Runs a command line and returns its exit code. Throws nothing. */
    public int run(String... arguments) {
        CommandLine line = line(arguments)
                .setOut(screen.out())
                .setErr(screen.err())
                .setColorScheme(screen.colours())
                .setUsageHelpWidth(screen.helpWidth())
                .setCaseInsensitiveEnumValuesAllowed(true);
        Failures failures = new Failures(screen, arguments);
        line.setParameterExceptionHandler(failures::unclear);
        line.setExecutionExceptionHandler(failures::unanswered);
        int code = line.execute(arguments);
        screen.flush();
        return code;
    }

    /** Adds only the command of the arguments, or all if there is none: setting up all takes a quarter of a second. */
    CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(this);
        String first = arguments.length == 0 ? "" : arguments[0];
        COMMANDS.forEach((name, command) -> {
            if (name.equals(first) || !COMMANDS.containsKey(first)) {
                line.addSubcommand(name, command.get());
            }
        });
        return line;
    }

    /** In the order of the help. */
    private static Map<String, Supplier<Object>> commands() {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("demo", DemoCommand::new);
        commands.put("cloud", CloudCommand::new);
        commands.put("server", ServerCommand::new);
        commands.put("run", ShowRunCommand::new);
        commands.put("runs", RunsCommand::new);
        commands.put("failed", FailedCommand::new);
        commands.put("open", OpenCommand::new);
        commands.put("overdue", OverdueCommand::new);
        commands.put("excluded", ExcludedCommand::new);
        commands.put("deleted", DeletedCommand::new);
        commands.put("quota", QuotaCommand::new);
        commands.put("who", WhoCommand::new);
        commands.put("night", NightCommand::new);
        commands.put("report", ReportCommand::new);
        commands.put("ask", AskCommand::new);
        commands.put("plan", PlanCommand::new);
        commands.put("apply", ApplyCommand::new);
        commands.put("restore", RestoreCommand::new);
        commands.put("explain", ExplainCommand::new);
        return Collections.unmodifiableMap(commands);
    }

    /** The names of the commands, without help and completion. */
    static Set<String> commandNames() {
        return COMMANDS.keySet();
    }

    /** The output. */
    public Screen screen() {
        return screen;
    }

    public Map<String, String> environment() {
        return environment;
    }

    public InstantSource clock() {
        return clock;
    }

    public Prompt prompt() {
        return prompt;
    }

    /** Waits. */
    public Consumer<Duration> pause() {
        return pause;
    }

    /** Called if there is no command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
