package dev.serverbackup.local.systemsmanager;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Service;
import dev.serverbackup.local.http.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Run Command as a target of the front, as far as backups need it: one instance a command. */
public final class SystemsManager implements Service {
    static final Text INSTANCE_ID = Text.of(10, 20).matching("(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)");
    private static final String SEND = "SendCommand";
    private static final Text NAME = Text.of(3, 128);
    private static final Text COMMENT = Text.of(0, 100);
    private static final Text ANY = Text.of(0, 100_000);
    private static final Range ONE = new Range(1, 1);
    private static final Range DELIVERY = new Range(30, 2_592_000);

    private final RunCommand commands;
    private final Map<String, Function<InputReader, ObjectNode>> operations;

    public SystemsManager(RunCommand commands) {
        this.commands = commands;
        var instances = new DescribedInstances(commands);
        operations = Map.of(
                SEND,
                this::send,
                "ListCommands",
                this::commands,
                "ListCommandInvocations",
                this::invocations,
                "GetCommandInvocation",
                this::invocation,
                "DescribeInstanceInformation",
                instances::information,
                "DescribeInstanceProperties",
                instances::properties);
    }

    @Override
    public String prefix() {
        return "AmazonSSM";
    }

    @Override
    public ObjectNode perform(String operation, InputReader input) {
        return Optional.ofNullable(operations.get(operation))
                .orElseThrow(() -> Service.unknown(prefix() + "." + operation))
                .apply(input);
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    /** A command really runs. */
    @Override
    public boolean isForThisMachineAlone(String operation) {
        return operation.equals(SEND);
    }

    private ObjectNode send(InputReader input) {
        var name = input.required("DocumentName", NAME);
        var version = input.optional("DocumentVersion", ANY);
        var comment = input.optional("Comment", COMMENT).orElse("");
        var ids = input.texts("InstanceIds", ONE, INSTANCE_ID);
        input.integer("TimeoutSeconds", DELIVERY);
        var parameters = input.textLists("Parameters", ANY);
        input.verify(AwsErrorType.VALIDATION);
        var document = commands.document(name)
                .orElseThrow(
                        () -> new AwsError(AwsErrorType.INVALID_DOCUMENT, "Document " + name + " does not exist."));
        if (version.isPresent() && !version.get().equals(document.version())) {
            throw new AwsError(AwsErrorType.INVALID_DOCUMENT_VERSION, "There is no version " + version.get() + ".");
        }
        var instance = commands.instance(ids.getFirst())
                .filter(one -> one.standing().ping().isPresent())
                .orElseThrow(() -> invalidInstance(ids.getFirst()));
        try {
            var sent = commands.send(instance, document, comment, parameters);
            return object().set("Command", sent.command());
        } catch (ShellDocument.InvalidParametersException e) {
            throw new AwsError(AwsErrorType.INVALID_PARAMETERS, e.getMessage());
        }
    }

    private static AwsError invalidInstance(String id) {
        return new AwsError(AwsErrorType.INVALID_INSTANCE_ID, "Instances [[%s]] not in a valid state".formatted(id));
    }

    private ObjectNode commands(InputReader input) {
        var wanted = CommandQuery.ofCommands(input);
        input.verify(AwsErrorType.VALIDATION);
        return wanted.page(commands.commands().reversed(), "Commands", SentCommand::command);
    }

    /** With {@code Details}, each step of its document too. */
    private ObjectNode invocations(InputReader input) {
        var wanted = CommandQuery.ofInvocations(input);
        boolean details = input.flag("Details").orElse(false);
        input.verify(AwsErrorType.VALIDATION);
        return wanted.page(commands.commands().reversed(), "CommandInvocations", one -> one.listed(details));
    }

    private ObjectNode invocation(InputReader input) {
        var command = input.required("CommandId", ANY);
        var instance = input.required("InstanceId", INSTANCE_ID);
        input.verify(AwsErrorType.VALIDATION);
        return commands.commands().stream()
                .filter(one -> one.id().equals(command) && one.instanceId().equals(instance))
                .findFirst()
                .map(SentCommand::invocation)
                .orElseThrow(
                        () -> new AwsError(AwsErrorType.INVOCATION_DOES_NOT_EXIST, "There is no such invocation."));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
